/** Where a text stands that stood in the list before: its index and its first index. */
export const repeated = (texts: readonly string[]): readonly { readonly index: number; readonly first: number }[] =>
  texts.map((text, index) => ({ index, first: texts.indexOf(text) })).filter(({ index, first }) => first < index);
