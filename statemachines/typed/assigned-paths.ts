/**
 * The paths that hold a value on every way to a point of the machine; `everything` where the data is not known and
 * nothing can be said against a read.
 */
export type AssignedPaths = ReadonlySet<string> | 'everything';

const isUnder = (path: string, base: string): boolean =>
  path === base || path.startsWith(`${base}.`) || path.startsWith(`${base}[`);

/** Whether a read finds something: it, a value around it, or a value inside it was assigned. The root always is. */
export const isAssigned = (assigned: AssignedPaths, path: string): boolean =>
  path === '$' ||
  assigned === 'everything' ||
  [...assigned].some((known) => isUnder(path, known) || isUnder(known, path));

/** What holds on two ways that meet: the paths that both know, at the finer grain. */
export const meet = (one: AssignedPaths, other: AssignedPaths): AssignedPaths => {
  if (one === 'everything') return other;
  if (other === 'everything') return one;
  const covered = (path: string, by: ReadonlySet<string>): boolean => [...by].some((known) => isUnder(path, known));
  return new Set([
    ...[...one].filter((path) => covered(path, other)),
    ...[...other].filter((path) => covered(path, one)),
  ]);
};

/** `assigned` and one path more. */
export const assign = (assigned: AssignedPaths, path: string): AssignedPaths =>
  assigned === 'everything' ? assigned : new Set([...assigned, path]);

/** What is left when a path becomes the new root. */
export const rootedAt = (assigned: AssignedPaths, root: string): AssignedPaths => {
  if (root === '$' || assigned === 'everything') return assigned;
  if ([...assigned].some((path) => isUnder(root, path))) return 'everything';
  return new Set([...assigned].filter((path) => isUnder(path, root)).map((path) => `$${path.slice(root.length)}`));
};

/** The paths that a payload template or a JSON value makes, with itself as the root. */
export const pathsOf = (value: unknown): AssignedPaths => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Set();
  return new Set(Object.keys(value).map((key) => `$.${key.replace(/\.\$$/, '')}`));
};

/** Whether two points know the same. */
export const isSame = (one: AssignedPaths, other: AssignedPaths): boolean =>
  one === 'everything' || other === 'everything'
    ? one === other
    : one.size === other.size && [...one].every((path) => other.has(path));
