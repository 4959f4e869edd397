type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lays overrides over a configuration before it is parsed: objects are merged option by option; lists (rings, people)
 * and single values are replaced. The result is unchecked; `parseConfiguration` checks it as it checks the file.
 */
export const mergeConfiguration = (base: unknown, overrides: unknown): unknown => {
  if (overrides === undefined) return base;
  if (!isTree(base) || !isTree(overrides)) return overrides;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(overrides)])];
  // fromEntries defines own properties, so that a key like __proto__ from a scenario file is data and is then refused.
  return Object.fromEntries(keys.map((key) => [key, mergeConfiguration(own(base, key), own(overrides, key))]));
};

const own = (tree: Tree, key: string): unknown => (Object.hasOwn(tree, key) ? tree[key] : undefined);
