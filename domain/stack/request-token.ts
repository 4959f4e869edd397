import { correlationOf } from '../correlation.ts';
import { sha256 } from '../hash.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { Direction } from '../words.ts';

/**
 * CloudFormation's ClientRequestToken of one deliberate operation: the same for every retry, another for the next
 * operation. All events of the operation carry it. At most 128 characters: letters, digits, hyphen.
 */
export const requestToken = (
  record: Pick<StackRecord, 'campaignId' | 'stackId'>,
  direction: Direction,
  attempt: number,
): string =>
  `ar-${correlationOf(record.campaignId)}-${sha256(record.stackId).slice(0, 20)}-${direction === 'forward' ? 'f' : 'r'}${attempt}`;
