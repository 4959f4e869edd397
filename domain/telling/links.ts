import type { Configuration } from '../configuration.ts';

/** The page of a campaign, or one below it; null where nobody has said where the pages are, or there are none. */
export const pageLink = (
  { console: { url, oidc } }: Pick<Configuration, 'console'>,
  campaignId: string,
  below = '',
): string | null =>
  url === null || oidc?.clientId == null
    ? null
    : `${url.replace(/\/+$/, '')}/campaigns/${encodeURIComponent(campaignId)}${below}`;
