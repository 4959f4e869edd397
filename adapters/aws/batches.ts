/** The list in pieces of at most this size, for APIs that limit how many names a call may carry. */
export const batches = <Item>(list: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
