/** Where a page ended, as text that may travel in a URL. */
export const encodeCursor = (position: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws where the text is no cursor. */
export const decodeCursor = (cursor: string): Record<string, string> => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, string>;
  } catch (cause) {
    throw new Error(`"${cursor}" is no cursor of this table: start at the first page`, { cause });
  }
};
