import { tableSchemes } from '../../../adapters/table/connect-table.ts';
import type { Table } from '../../../domain/ports/table.ts';
import type { Call } from '../../../rehearsal/aws/call.ts';
import { IMAGE_PARAMETER, type SimStack } from '../../../rehearsal/aws/state/sim-stack.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { signedRequest } from '../../../rehearsal/run/signed-request.ts';

/** Something that the product never does, done in a run so that a rule must notice it. */
export interface Meddling {
  readonly rule: number;
  readonly what: string;
  /** Of the scenario; default: two stacks, all goes well. */
  readonly scenario?: object;
  readonly meddle: (run: Run) => void;
}

const minute = 60_000;
const fails = { faults: [{ kind: 'updateFails', stack: 'second' }] };

/** Acts on each UpdateStack of the direction at the moment before it takes effect. */
const atUpdate =
  (way: 'f' | 'r', act: (stack: SimStack, call: Call, run: Run) => void) =>
  (run: Run): void => {
    const { world } = run.scenarioWorld;
    const before = world.onRequest;
    world.onRequest = (call) => {
      const { ClientRequestToken: token = '', StackName: name = '' } = call.input as Record<string, string>;
      const stack = world.stackById.get(name);
      if (call.operation === 'UpdateStack' && stack !== undefined && token.includes(`-${way}`)) act(stack, call, run);
      before?.(call);
    };
  };

const setImage = (stack: SimStack, image: string): void => {
  const { settings } = stack;
  stack.settings = { ...settings, parameters: { ...settings.parameters, [IMAGE_PARAMETER]: image } };
};
const foreignOf = (run: Run, { region }: SimStack): string => run.scenarioWorld.images.foreign.get(region) ?? '';

/** Asks for the same update once more, as another operation; it changes something, for the image was put back. */
const again = (after: number) =>
  atUpdate('f', (stack, call, run) => {
    const input = call.input as { ClientRequestToken: string };
    if (input.ClientRequestToken.endsWith('f9')) return;
    setTimeout(() => {
      setImage(stack, run.scenarioWorld.images.previous.get(stack.region) ?? '');
      const { world } = run.scenarioWorld;
      const identity = { service: 'cloudformation', region: stack.region, account: stack.account };
      void world.request(
        { ...identity, accessKeyId: 'somebody', maxAttempts: 1 },
        'UpdateStack',
        { ...input, ClientRequestToken: input.ClientRequestToken.replace(/f\d+$/, 'f9') },
        1,
      );
    }, after);
  });

/** Stores something in the table as the handlers reach it, which is the one that is watched. */
const store = (act: (table: Table, campaignId: string) => Promise<unknown>) =>
  atUpdate('f', (_stack, _call, { campaigns }) => {
    const table = tableSchemes.get('memory')?.('memory:');
    if (table !== undefined) void act(table, campaigns[0] ?? '');
  });

/** One for each rule, by its number. */
export const meddlings: readonly Meddling[] = [
  {
    rule: 1,
    what: 'the image loses its version tag before a stack is moved to it',
    meddle: atUpdate('f', ({ region }, _call, { scenarioWorld: { world, images } }) => {
      world.images.get(region, images.new.get(region) ?? '')?.tags.delete('version');
    }),
  },
  {
    rule: 2,
    what: 'the stack has another image than the recorded one',
    meddle: atUpdate('f', (stack, _call, run) => setImage(stack, foreignOf(run, stack))),
  },
  {
    rule: 3,
    what: 'the update brings a tag along',
    meddle: atUpdate('f', (_stack, call) => Object.assign(call.input as object, { Tags: [{ Key: 'a', Value: 'b' }] })),
  },
  {
    rule: 4,
    what: 'somebody else has moved the stack when it is put back',
    scenario: fails,
    meddle: atUpdate('r', (stack, _call, run) => setImage(stack, foreignOf(run, stack))),
  },
  {
    rule: 5,
    what: 'the previous image is gone when the stack leaves it',
    meddle: atUpdate('f', ({ region }, _call, { scenarioWorld: { world, images } }) => {
      const image = world.images.get(region, images.previous.get(region) ?? '');
      if (image !== undefined) image.state = 'deregistered';
    }),
  },
  { rule: 6, what: 'a stack is written that is done already', meddle: again(20 * minute) },
  { rule: 7, what: 'a stack is moved twice by one campaign', meddle: again(20 * minute) },
  {
    rule: 8,
    what: 'the ring is approved by somebody whom nobody has heard',
    scenario: { approval: { decision: 'ignore' } },
    meddle: (run) => {
      const timer = setInterval(() => {
        const [campaign] = run.campaigns;
        if (campaign === undefined) return;
        const body = { ring: 'canary', decision: 'approve', reason: 'unheard' };
        for (const person of ['operator', 'operator-2'])
          void run.lambda
            .invoke('ami-rollout-console', signedRequest(person, `/campaigns/${campaign}/approval`, body))
            .catch(() => undefined);
      }, 10 * minute);
      setTimeout(() => clearInterval(timer), 600 * minute);
    },
  },
  {
    rule: 9,
    what: 'the stack has opted out',
    meddle: atUpdate('f', (stack) => {
      const { 'ami-rollout:family': _, ...tags } = stack.settings.tags;
      stack.settings = { ...stack.settings, tags };
    }),
  },
  {
    rule: 10,
    what: 'an instance comes back on the old image while the stack is counted',
    meddle: (run) => {
      const { world, images } = run.scenarioWorld;
      world.onAnswer = ({ operation, region }) => {
        if (operation !== 'DescribeInstances') return;
        for (const { group } of world.stacks) {
          const [one] = group.instances;
          if (one !== undefined && group.instances.every(({ imageId }) => imageId === images.new.get(region)))
            queueMicrotask(() => Object.assign(one, { imageId: images.previous.get(region) }));
        }
      };
    },
  },
  {
    rule: 11,
    what: 'a record appears that was never planned',
    meddle: store(async (table, campaignId) => {
      const { items } = await table.query({ partition: `CAMPAIGN#${campaignId}`, prefix: 'STACK#', limit: 1 });
      for (const { pk, sk, ...record } of items)
        await table.put({ pk: String(pk), sk: `${String(sk)}-more` }, { ...record, stackId: 'more' });
    }),
  },
  {
    rule: 12,
    what: 'an entry of the trail is deleted',
    meddle: store(async (table, campaignId) => {
      const { items } = await table.query({ partition: `AUDIT#${campaignId}`, limit: 1 });
      for (const { pk, sk } of items) await table.delete({ pk: String(pk), sk: String(sk) });
    }),
  },
  {
    rule: 13,
    what: 'a stack that is done has its old image again',
    meddle: atUpdate('f', (stack) => {
      const { settings } = stack;
      setTimeout(() => (stack.settings = settings), 20 * minute);
    }),
  },
];
