import { closesOf, type Chain, type Trail } from '../../domain/audit/verify-trail.ts';
import type { Heads } from '../../domain/audit/heads.ts';
import type { Page } from '../api/answers.ts';
import { ApiError, type Client } from '../api/client.ts';
import { pages } from '../api/pages.ts';

const everything = '*';

const headsBy = async (client: Client, campaign: string, hash: string): Promise<Heads | null> => {
  try {
    return await client.call<Heads>('GET', '/audit/heads', { query: { campaign, hash } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
};

/** Reads all that the API has of a campaign's trail; `*` is the product's own. */
export const readTrail = async (client: Client, campaignId: string): Promise<Trail> => {
  const query = { campaign: campaignId };
  // First: what is written while the chains are read is then in a chain and not here, never the other way round.
  const timeline =
    campaignId === everything
      ? []
      : await Array.fromAsync(pages<Trail['timeline'][number]>(client, '/audit/timeline', query));
  const chains: Chain[] = [];
  let outcome: string | null = null;
  let cursor: string | undefined;
  do {
    const page: Page<Chain> & { readonly outcome: string | null } = await client.call('GET', '/audit/chains', {
      query: { ...query, cursor },
    });
    chains.push(...page.items);
    outcome = page.outcome;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const heads = new Map<string, Heads | null>();
  for (const { hash } of closesOf(chains[0]?.entries ?? [])) heads.set(hash, await headsBy(client, campaignId, hash));
  return { campaignId, chains, outcome, heads, timeline };
};
