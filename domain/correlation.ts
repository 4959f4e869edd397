import { sha256 } from './hash.ts';

/** Twelve hexadecimal digits by which everything that belongs to one campaign is found: logs, request tokens, events. */
export const correlationOf = (campaignId: string): string => sha256(campaignId).slice(0, 12);

/** The correlation id in a request token of ours; undefined where the operation is somebody else's. */
export const correlationOfToken = (requestToken: string): string | undefined =>
  /^ar-([0-9a-f]{12})-[0-9a-f]{20}-[fr]\d+$/.exec(requestToken)?.[1];
