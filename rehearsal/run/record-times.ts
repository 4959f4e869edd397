import type { Configuration } from '../../domain/configuration.ts';
import type { Table } from '../../domain/ports/table.ts';
import { schemaVersion } from '../../domain/records/schema-version.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import { stackItem } from '../../domain/store/stack-records.ts';
import { targetName } from '../../domain/target.ts';
import { workSeconds } from '../report/least-work.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import { seededRandom } from '../scenario/random.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { earlierCampaign } from './record-promotion.ts';

const weekMilliseconds = 7 * 86_400_000;

/** The stack records of an earlier campaign, in which each stack took about as long as it will take now. */
export const recordTimes = async (
  { table }: { readonly table: Table },
  { world, fleet, images }: ScenarioWorld,
  { seed, fleet: { timesOnRecord } }: Pick<Scenario, 'seed' | 'fleet'>,
  refresh: Configuration['stacks']['refresh'],
): Promise<void> => {
  const random = seededRandom(seed).fork('earlier-times');
  const made = new Map(fleet.stacks.map((stack) => [`${targetName(stack)}/${stack.name}`, stack]));
  const claimed = Date.now() - weekMilliseconds;
  const claimedAt = new Date(claimed).toISOString();
  await table.putAll(
    world.stacks.flatMap((stack, order) => {
      const of = made.get(`${targetName(stack)}/${stack.name}`);
      if (of === undefined) return [];
      const off = 1 + (2 * random.next() - 1) * (timesOnRecord ?? 0);
      const record: StackRecord = {
        schemaVersion,
        campaignId: earlierCampaign,
        stackId: stack.id,
        stackName: stack.name,
        account: stack.account,
        region: stack.region,
        environment: 'production',
        ring: 'full',
        order,
        mode: of.mode,
        parameter: '',
        ssmParameter: null,
        readBy: null,
        sharedWith: [],
        image: images.previous.get(stack.region) ?? '',
        alarms: [],
        status: 'done',
        reason: '',
        revision: 0,
        previous: null,
        shape: null,
        groups: [],
        replacement: null,
        touched: true,
        operation: null,
        instances: {},
        busySince: null,
        claimedAt,
        endedAt: new Date(claimed + workSeconds(of, refresh) * 1000 * off).toISOString(),
        audit: { sequence: 0, head: '' },
      };
      return [stackItem(record, claimedAt)];
    }),
  );
};
