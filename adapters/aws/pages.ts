import { ServiceUnavailable } from '../../domain/errors.ts';

/** More than any account has of anything that is read page by page: who gets as many gets the same ones again. */
const most = 1000;

/**
 * Reads page after page until there is no token. The SDK's own paginators insist on an instance of their client class
 * and throw past our error mapping. A list that does not end is no answer: what was read of it proves nothing.
 */
export async function* pages<Page>(
  read: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
): AsyncGenerator<Page, void, undefined> {
  let token: string | undefined;
  for (let count = 1; count <= most; count++) {
    const page = await read(token);
    yield page;
    const next: unknown = tokenOf(page);
    if (next === undefined || next === '') return;
    if (typeof next !== 'string' || next === token)
      throw new ServiceUnavailable('AWS gave a list whose next page cannot be asked for. Try again later');
    token = next;
  }
  throw new ServiceUnavailable(`AWS gave a list of more than ${most} pages, which does not end. Try again later`);
}
