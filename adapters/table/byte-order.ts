/** Any UTF-16 code unit from which on JavaScript's order and UTF-8's may differ. */
const fromSurrogatesOn = /[\uD800-\uFFFF]/;

/**
 * Compares strings by their UTF-8 bytes, as DynamoDB orders sort keys. JavaScript compares UTF-16 code units, which
 * differs only where a surrogate pair meets a character from U+E000 on.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html}
 */
export const byteOrder = (left: string, right: string): number => {
  if (left === right) return 0;
  if (fromSurrogatesOn.test(left) && fromSurrogatesOn.test(right)) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left < right ? -1 : 1;
};
