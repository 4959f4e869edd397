/** Stand-ins for names and values in a DynamoDB expression; half of our attribute names are reserved words there. */
export interface Placeholders {
  readonly name: (attribute: string) => string;
  readonly value: (value: unknown) => string;
  /** The request's fields; DynamoDB refuses empty ones. */
  readonly fields: () => {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
}

/** No names and values yet; one such object per request. */
export const placeholders = (): Placeholders => {
  const names = new Map<string, string>();
  const values: [string, unknown][] = [];
  return {
    name: (attribute) => {
      const known = names.get(attribute) ?? `#n${names.size}`;
      names.set(attribute, known);
      return known;
    },
    value: (value) => {
      const made = `:v${values.length}`;
      values.push([made, value]);
      return made;
    },
    fields: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...names].map(([attribute, standIn]) => [standIn, attribute])),
      }),
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    }),
  };
};
