import { awsAlarms } from '../../../../adapters/aws/alarms.ts';
import { awsExecutions } from '../../../../adapters/aws/executions.ts';
import { awsFunctions } from '../../../../adapters/aws/functions.ts';
import { awsGateMachines } from '../../../../adapters/aws/gate-machines.ts';
import { awsImages } from '../../../../adapters/aws/images.ts';
import { awsInstances } from '../../../../adapters/aws/instances.ts';
import { awsKeys } from '../../../../adapters/aws/keys.ts';
import { awsRunbooks } from '../../../../adapters/aws/runbooks.ts';
import { awsScans } from '../../../../adapters/aws/scans.ts';
import { copiesWaitKey, resolveImages, settleImages } from '../../../../domain/campaign/resolve-images.ts';
import type { Configuration } from '../../../../domain/configuration.ts';
import type { CustomGate } from '../../../../domain/configuration/custom-gate.ts';
import { ageLimit } from '../../../../domain/gating/age-limit.ts';
import { answerGate } from '../../../../domain/gating/custom/answer-gate.ts';
import { askGate } from '../../../../domain/gating/custom/ask-gate.ts';
import { customGates } from '../../../../domain/gating/custom/custom-gates.ts';
import { settleGateExecution, sweepGates } from '../../../../domain/gating/custom/settle-execution.ts';
import { scan, scanWaitKey, settleScan } from '../../../../domain/gating/inspector-scan.ts';
import { recheck } from '../../../../domain/gating/recheck.ts';
import { tagCheck } from '../../../../domain/gating/tag-check.ts';
import type { Ports } from '../../../../domain/ports/index.ts';
import type { Campaign } from '../../../../domain/records/campaign.ts';
import { storeCurrent } from '../../../../domain/store/promotions.ts';
import { verdictsOf } from '../../../../domain/store/verdicts.ts';
import { findWaits } from '../../../../domain/store/waits.ts';
import { testSessions } from '../../../adapters/aws/sessions-for-tests.ts';
import { aConfiguration, aFamily } from '../../fakes/configuration.ts';
import { hub, newImage, oldImage } from '../../fakes/names.ts';
import { aPromotion } from '../../fakes/promotion.ts';
import { seedCampaign, seedStacks } from '../../fakes/seed.ts';
import { aStackRecord } from '../../fakes/stack-record.ts';
import { aWorld } from '../../fakes/world.ts';
import { copyId, member } from './clean-answers.ts';
import type { Talk } from './fake-aws.ts';

const task = {
  campaignId: 'campaign-1',
  image: { id: newImage, region: hub.region },
  category: 'base',
  taskToken: 'token-1',
} as const;
const sessions = testSessions(hub);

/** Memory for the records, our own adapters for everything that AWS answers. */
export type GateWorld = Ports & { readonly clock: { advance(minutes: number): void } };

const worldOf = async (over: Partial<Configuration['gates']>, campaign: Partial<Campaign>): Promise<GateWorld> => {
  const { gates, targets } = aConfiguration();
  const buildId = { key: 'build_id', required: true, type: 'integer', values: null, pattern: null } as const;
  const memory = aWorld({
    families: [aFamily({ tags: [buildId] })],
    gates: { ...gates, ...over },
    targets: { ...targets, list: [hub.region, 'us-east-1'].map((region) => ({ account: member, region })) },
  });
  await seedCampaign(memory, { imageSet: { [hub.region]: newImage, 'us-east-1': copyId }, ...campaign });
  await storeCurrent(memory, aPromotion({ image: oldImage, region: hub.region }));
  const settings = {
    subnetId: 'subnet-1',
    securityGroupIds: [],
    profileArn: 'arn:profile',
    types: { x86_64: 't3.medium' },
  };
  return {
    ...memory,
    alarms: awsAlarms(sessions),
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    gateMachines: awsGateMachines(sessions),
    images: awsImages(sessions),
    instances: awsInstances(sessions, () => settings),
    keys: awsKeys(sessions),
    runbooks: awsRunbooks(sessions, () => 'arn:role'),
    scans: awsScans(sessions),
  };
};

/** What a gate has come to. */
export interface Outcome {
  /** Whether anything anywhere says that it has passed: its record, its answer, the task's completion. */
  readonly passed: boolean;
  readonly rejected: boolean;
  /** What was thrown, by the task itself and by whatever woke it again. */
  readonly errors: readonly unknown[];
}

/** One try after the other, as Lambda and the sweep make them: what one throws does not keep the next from coming. */
export class Tries {
  readonly errors: unknown[] = [];
  readonly answers: unknown[] = [];

  async make(work: () => Promise<unknown>): Promise<void> {
    try {
      this.answers.push(await work());
    } catch (error) {
      this.errors.push(error);
    }
  }
}

type Run = (world: GateWorld, tries: Tries, talk: Talk) => Promise<void>;

/** A gate, with the world that it is asked in and everything that wakes it until its time is over. */
export interface Gate {
  readonly gates?: Partial<Configuration['gates']>;
  readonly campaign?: Partial<Campaign>;
  /** Whether it looks again: then only what stays wrong keeps it from passing. */
  readonly waits: boolean;
  readonly run: Run;
}

const passedIn = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { verdict } = value as { readonly verdict?: { readonly passed?: unknown } };
  return verdict === undefined ? [] : [verdict.passed];
};

/** Runs a gate from its task to its last deadline. */
export const runGate = async ({ gates = {}, campaign = {}, run }: Gate, talk: Talk): Promise<Outcome> => {
  const world = await worldOf(gates, campaign);
  const tries = new Tries();
  await run(world, tries, talk);
  const stored = await Array.fromAsync(verdictsOf(world, task.campaignId));
  const completed = talk.asked.flatMap(({ operation, input }) =>
    operation === 'SendTaskSuccess' ? [JSON.parse(input['output'] as string) as unknown] : [],
  );
  const said = [...stored.map(({ passed }) => passed), ...[...tries.answers, ...completed].flatMap(passedIn)];
  return { passed: said.some((one) => one !== false), rejected: said.includes(false), errors: tries.errors };
};

const isOver = (talk: Talk): boolean => talk.asked.some(({ operation }) => operation === 'SendTaskSuccess');

const scanGate = (scanProviders: Configuration['gates']['scanProviders']): Gate => ({
  gates: { scanProviders },
  waits: true,
  run: async (world, tries, talk) => {
    await tries.make(() => scan(world)(task));
    for (const minutes of [30, 200, 200])
      for (const wait of isOver(talk) ? [] : await Array.fromAsync(findWaits(world, scanWaitKey(newImage)))) {
        world.clock.advance(minutes);
        await tries.make(() => settleScan(world, wait));
      }
  },
});

/** Hands queued questions to the function that asks; each once, as nothing is wrong with the queue. */
const deliver = async (world: GateWorld, tries: Tries, talk: Talk, from: number): Promise<number> => {
  const queued = talk.asked
    .slice(from)
    .filter(({ operation, input }) => operation === 'Invoke' && input['FunctionName'] === 'ask-custom-gate');
  const { length } = talk.asked;
  for (const { input } of queued)
    await tries.make(() =>
      askGate(world)(
        JSON.parse(new TextDecoder().decode(input['Payload'] as Uint8Array)) as { campaignId: string; gate: string },
      ),
    );
  return length;
};

const machineArn = `arn:aws:states:${hub.region}:${hub.account}:stateMachine:load`;
const ended = (talk: Talk): readonly string[] => [
  ...talk.asked.flatMap(({ operation, input }) =>
    operation === 'StartExecution'
      ? [`${machineArn.replace(':stateMachine:', ':execution:')}:${input['name'] as string}`]
      : [],
  ),
  ...(talk.asked.some(({ operation }) => operation === 'StartAutomationExecution') ? ['run-1'] : []),
];

export const customGate = (...custom: readonly CustomGate[]): Gate => ({
  gates: { custom },
  waits: true,
  run: async (world, tries, talk) => {
    await tries.make(() => customGates(world)(task));
    const from = await deliver(world, tries, talk, 0);
    for (const execution of ended(talk)) await tries.make(() => settleGateExecution(world, execution));
    world.clock.advance(61);
    if (!isOver(talk)) await tries.make(() => sweepGates(world, task.campaignId));
    // What has failed is asked for again, to land in the dead-letter queue.
    await deliver(world, tries, talk, from);
  },
});

export const functionGate: CustomGate = {
  name: 'licences',
  asks: { kind: 'function', arn: `arn:aws:lambda:${hub.region}:${hub.account}:function:licences` },
  timeoutSeconds: 600,
};
export const machineGate: CustomGate = {
  name: 'load',
  asks: { kind: 'stateMachine', arn: machineArn },
  timeoutSeconds: 3600,
};
const bootGate: CustomGate = {
  name: 'boot',
  asks: {
    kind: 'boot',
    document: 'smoke',
    parameters: {},
    instanceType: null,
    bootMinutes: 10,
    runbook: 'ami-rollout-boot',
  },
  timeoutSeconds: 3600,
};

/** The gate whose callback is called, in time or not, with whatever. */
export const callbackGate = (answer: unknown, minutes: number): Gate => ({
  gates: { custom: [functionGate] },
  waits: true,
  run: async (world, tries, talk) => {
    await tries.make(() => customGates(world)(task));
    await deliver(world, tries, talk, 0);
    const question = talk.asked.find(
      ({ operation, input }) => operation === 'Invoke' && input['InvocationType'] === 'RequestResponse',
    );
    const { callback } = JSON.parse(new TextDecoder().decode(question?.input['Payload'] as Uint8Array)) as {
      callback: { id: string };
    };
    world.clock.advance(minutes);
    const record = typeof answer === 'object' && answer !== null ? answer : { answer };
    await tries.make(() => answerGate(world)({ ...record, callbackId: callback.id }));
    world.clock.advance(61);
    await tries.make(() => sweepGates(world, task.campaignId));
  },
});

/** Every gate by its name, with each of the ways it can come to its proof. */
export const everyGate: Readonly<Record<string, Gate>> = {
  'Resolve Images': {
    campaign: { imageSet: {}, startedAt: '2026-11-22T12:00:00.000Z' },
    waits: true,
    run: async (world, tries, talk) => {
      await tries.make(() => resolveImages(world)(task));
      for (const minutes of [30, 100])
        for (const wait of isOver(talk) ? [] : await Array.fromAsync(findWaits(world, copiesWaitKey))) {
          world.clock.advance(minutes);
          await tries.make(() => settleImages(world, wait));
        }
    },
  },
  'Tag Check': { waits: false, run: (world, tries) => tries.make(() => tagCheck(world)(task)) },
  'Inspector Scan by existing results': scanGate(['existing']),
  'Inspector Scan by an instance': scanGate(['instance']),
  'Age Limit': { waits: false, run: (world, tries) => tries.make(() => ageLimit(world)(task)) },
  'Custom Gates by a function': customGate(functionGate),
  'Custom Gates by a state machine': customGate(machineGate),
  'Custom Gates by a boot check': customGate(bootGate),
  'Recheck Gates': {
    waits: false,
    run: async (world, tries) => {
      const done = {
        status: 'done',
        alarms: ['app-errors'],
        claimedAt: '2026-11-22T11:00:00.000Z',
        endedAt: '2026-11-22T11:30:00.000Z',
      } as const;
      await seedStacks(world as never, aStackRecord(done));
      await tries.make(() => recheck(world)({ campaignId: task.campaignId, ring: 'canary' }));
    },
  },
};
