import type { CampaignStateChange } from '../../contracts/events/campaign-state-change.ts';
import type { StackRecord } from '../records/stack-record.ts';

export type StackLists = NonNullable<CampaignStateChange['stacks']>;
type List = StackLists['failed'];

/** What became of stacks, as reports and messages list it. */
export type Group = Exclude<keyof StackLists, 'planned' | 'open'>;
type Told = Pick<StackRecord, 'stackId' | 'stackName' | 'account' | 'region' | 'order' | 'status' | 'reason'>;

/** So many of a list are told; with reasons cut at their length the largest event stays far below 256 KiB. */
const most = 20;
const longestReason = 400;

/** The text, or its beginning with an ellipsis. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/**
 * The group of a stack that has ended; null where it has not. One that was put back has failed where the ring counts it
 * among its failures, else it went back with the others.
 */
const groupOf = (
  { stackId, status, reason }: Pick<Told, 'stackId' | 'status' | 'reason'>,
  failures: ReadonlySet<string>,
): Group | null => {
  switch (status) {
    case 'done':
      return 'succeeded';
    case 'failed':
    case 'quarantined':
      return 'failed';
    case 'restored':
      return failures.has(stackId) ? 'failed' : 'restored';
    case 'skipped':
      return reason === 'current' ? 'unchanged' : 'skipped';
    case 'pending':
    case 'holding':
    case 'updating':
    case 'verifying':
    case 'restoring':
      return null;
  }
};

/** All stacks by what became of them, in the order of the plan. */
export const stackLists = (records: readonly Told[], failures: ReadonlySet<string>): StackLists => {
  const groups = Map.groupBy(
    records.toSorted((a, b) => a.order - b.order),
    (record) => groupOf(record, failures),
  );
  const list = (group: Group): List => {
    const own = groups.get(group) ?? [];
    return {
      total: own.length,
      first: own.map(({ stackName, account, region, status, reason }) => ({
        stack: stackName,
        account,
        region,
        status,
        reason,
      })),
    };
  };
  return {
    planned: records.length,
    open: groups.get(null)?.length ?? 0,
    succeeded: list('succeeded'),
    failed: list('failed'),
    restored: list('restored'),
    skipped: list('skipped'),
    unchanged: list('unchanged'),
  };
};

/** The same in lists that fit into a message. */
export const shortLists = ({ planned, open, ...lists }: StackLists): StackLists => {
  const short = ({ total, first }: List): List => ({
    total,
    first: first.slice(0, most).map((one) => ({ ...one, reason: cut(one.reason, longestReason) })),
  });
  return {
    planned,
    open,
    succeeded: short(lists.succeeded),
    failed: short(lists.failed),
    restored: short(lists.restored),
    skipped: short(lists.skipped),
    unchanged: short(lists.unchanged),
  };
};
