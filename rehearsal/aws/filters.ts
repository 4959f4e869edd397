/** An EC2 or Auto Scaling filter: any of its values must match. */
export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

const wildcard = /[*?]/;

const matches = (value: string, pattern: string): boolean => {
  if (!wildcard.test(pattern)) return value === pattern;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(value);
};

/** Whether all filters match; `member` gives the value a filter looks at, and throws for one it does not know. */
export const matchesFilters = <T>(
  item: T,
  filters: readonly Filter[] | undefined,
  member: (item: T, filter: string) => string | undefined,
): boolean =>
  (filters ?? []).every(({ Name, Values }) => {
    const value = member(item, Name ?? '');
    return value !== undefined && (Values ?? []).some((pattern) => matches(value, pattern));
  });
