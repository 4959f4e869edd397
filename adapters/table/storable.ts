/**
 * The value without what is undefined and without empty sets, which DynamoDB does not have. The document client's own
 * option for empty values would turn empty strings into null too.
 */
export const storable = (value: unknown): unknown => {
  if (value instanceof Set) return value.size === 0 ? undefined : value;
  if (Array.isArray(value)) return value.filter((part) => part !== undefined).map(storable);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, storable(part)] as const)
      .filter(([, part]) => part !== undefined),
  );
};
