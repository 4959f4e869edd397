/** A page of a list, with the cursor that the next request goes on from. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** The cursor is none that this list has given out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor(options?: ErrorOptions) {
    super('cursor: is none of this list; leave it out to begin at the first page', options);
  }
}
