import type { Page } from './answers.ts';
import type { Client, Sent } from './client.ts';

/** Every item of a list, page by page. */
export async function* pages<T>(
  client: Client,
  path: string,
  query: Sent['query'] = {},
  /** Null: the list has pages of its own measure. */
  limit: number | null = 200,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, next }: Page<T> = await client.call('GET', path, {
      query: { ...query, limit: limit ?? undefined, cursor },
    });
    yield* items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
