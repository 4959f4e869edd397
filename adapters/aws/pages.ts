/**
 * Reads page after page until there is no token. The SDK's own paginators insist on an instance of their client class
 * and throw past our error mapping.
 */
export async function* pages<Page>(
  read: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
): AsyncGenerator<Page, void, undefined> {
  let token: string | undefined;
  do {
    const page = await read(token);
    yield page;
    token = tokenOf(page);
  } while (token !== undefined && token !== '');
}
