import type { Measured } from './measured.ts';

/** What is compared over the sizes, by the name the table gives it. */
export interface Figures {
  readonly 'transitions per updated stack': number;
  readonly 'calls per stack': number;
  readonly 'CloudFormation calls per stack': number;
  readonly 'throttled calls, %': number;
  readonly 'largest history, events': number;
  readonly 'largest payload, bytes': number;
  readonly 'critical path, s': number;
  readonly 'makespan, s': number;
  readonly 'makespan / critical path': number;
  readonly 'wall, s': number;
  readonly 'processor, s': number;
  readonly 'peak memory, MB': number;
}

/** CloudFormation is called for discovery, too: a page for each hundred stacks, at least one for each target. */
export const callsPerStack = ({ calls }: Pick<Measured, 'calls'>, stacks: number): Record<string, number> =>
  Object.fromEntries(Object.entries(calls).map(([api, count]) => [api, count / stacks]));

const sumOf = (calls: Readonly<Record<string, number>>, prefix = ''): number =>
  Object.entries(calls).reduce((sum, [api, count]) => (api.startsWith(prefix) ? sum + count : sum), 0);

/**
 * The figures of one run.
 *
 * @param listingPages - Pages of DescribeStacks that discovery takes, which are no stack's own calls.
 */
export const figuresOf = (run: Measured, stacks: number, listingPages: number): Figures => ({
  // The report divides by the stacks that are done; after a restore none is, so here it is by those that were written.
  'transitions per updated stack': run.transitions.perUpdatedStack || run.transitions.total / Math.max(1, run.updated),
  'calls per stack': sumOf(run.calls) / stacks,
  'CloudFormation calls per stack': (sumOf(run.calls, 'cloudformation.') - listingPages) / stacks,
  'throttled calls, %': (100 * run.throttled) / sumOf(run.calls),
  'largest history, events': run.history.maxEvents,
  'largest payload, bytes': run.payload.maxBytes,
  'critical path, s': run.criticalPathSeconds,
  'makespan, s': run.virtualSeconds,
  'makespan / critical path': run.virtualSeconds / run.criticalPathSeconds,
  'wall, s': run.wallMs / 1000,
  'processor, s': run.cpuSeconds,
  'peak memory, MB': run.peakRssMb,
});
