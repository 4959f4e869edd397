import type { Revocation } from '../records/image-record.ts';

/** The revocation in words, for reasons. */
export const revocationText = ({ by, at, reason }: Pick<Revocation, 'by' | 'at' | 'reason'>): string =>
  `revoked by ${by} on ${at.slice(0, 10)}: ${reason}`;
