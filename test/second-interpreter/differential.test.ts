import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { snapshot } from '../../rehearsal/aws/state/snapshot.ts';
import { approvalWaitKey } from '../../domain/ring/settle-approval.ts';
import { findWait } from '../../domain/store/waits.ts';
import { LambdaService } from '../../rehearsal/lambda-service.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { operators } from '../../rehearsal/run/operators.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import configuration from '../../rollout.config.ts';
import { keepResult } from '../assurance/keep-result.ts';
import { startMotoCampaign, type Invocation, type MotoCampaign } from './moto-campaign.ts';
import { hasMoto } from './moto-states.ts';

const stack = (name: string, ring: string, fields: object = {}) => ({
  name,
  account: '100000000001',
  region: 'eu-west-1',
  ring,
  updateMinutes: 1,
  ...fields,
});

/** A small fleet with short waits, since moto's interpreter knows no time but the real one. */
const scenario = (name: string, fields: object = {}): Scenario =>
  scenarioOf(
    {
      name,
      image: { family: 'al2023-base', scanMinutes: 0.5 },
      fleet: {
        accounts: ['100000000001'],
        regions: ['eu-west-1'],
        stacks: [stack('app-1', 'canary'), stack('app-2', 'canary'), stack('app-3', 'full'), stack('app-4', 'full')],
      },
      approval: { decision: 'approve', afterMinutes: 0.5, by: 'operator' },
      policy: {
        rings: [
          { name: 'canary', sharePercent: 5, failureBudget: 0, bakeMinutes: 1, approval: 'required' },
          { name: 'full', sharePercent: null, failureBudget: { percent: 5 }, bakeMinutes: 1, approval: 'none' },
        ],
      },
      ...fields,
    },
    name,
  );

/** What differs between any two runs: times, tokens, names of executions; and the order in which things happen. */
const comparable = (invocations: readonly Invocation[], handlers: ReadonlySet<string>): readonly string[] => {
  const texts = invocations
    .filter(({ handler }) => handlers.has(handler))
    .map(({ handler, payload }) => {
      const text = JSON.stringify(payload, (key, value: unknown) => (key === 'taskToken' ? undefined : value));
      return (
        `${handler} ${text}`
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, 'TIME')
          // Events are numbered in the order of their happening, which is not that of both.
          .replaceAll(/00000000-0000-4000-a000-[\da-f]{12}/g, 'EVENT')
          .replaceAll(/"rehearsal-[\w-]+"/g, '"CAMPAIGN"')
          .replaceAll(/campaigns\/rehearsal-[\w-]+\//g, 'campaigns/CAMPAIGN/')
          .replaceAll(/execution:([\w-]+):[\w-]+/g, 'execution:$1:NAME')
      );
    });
  return [...new Set(texts)].sort();
};

interface Visits {
  /** States of the campaign and of the restore, in order. */
  readonly campaign: readonly string[];
  readonly restore: readonly string[];
  /** Calls of the tasks' handlers with their inputs, those of the maps' children included. */
  readonly tasks: readonly string[];
}

const taskHandlers = (seen: readonly Invocation[]): ReadonlySet<string> =>
  new Set(
    seen
      .map(({ handler }) => handler)
      // What events and schedules call is no state.
      .filter(
        (name) =>
          !['settle-event', 'sweep', 'after-execution', 'console', 'inspect-stacks', 'start-campaign'].includes(name),
      ),
  );

/** The scenario in the embedded interpreter. */
const embedded = async (of: Scenario): Promise<Visits & { readonly report: RehearsalReport }> => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  const seen: Invocation[] = [];
  const invoke = jest.spyOn(LambdaService.prototype, 'invoke');
  try {
    const eventsFile = join(folder, 'events.jsonl');
    const report = await rehearse(of, { configuration, eventsFile });
    for (const [name, payload] of invoke.mock.calls)
      seen.push({ handler: (name.split(':').at(-1) ?? '').replace('ami-rollout-', ''), payload });
    const entered = readFileSync(eventsFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { kind: string; executionArn?: string; state?: string })
      .filter(({ kind }) => kind === 'state-entered');
    const statesOf = (machine: string) =>
      entered
        .filter(({ executionArn = '' }) => executionArn.includes(`:execution:${machine}:`))
        .map(({ state = '' }) => state);
    return {
      report,
      campaign: statesOf('ami-rollout-campaign'),
      restore: statesOf('ami-rollout-restore'),
      tasks: comparable(seen, taskHandlers(seen)),
    };
  } finally {
    invoke.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
};

type OnMoto = Visits & {
  readonly execution: DescribeExecutionCommandOutput;
  /** The instances of each stack by image, before and after. */
  readonly running: readonly { readonly before: object; readonly after: object }[];
};

/** The scenario on moto, started with the plain SDK. `during` hears of every call of a handler. */
const onMoto = async (
  of: Scenario,
  during: (invocation: Invocation, campaign: MotoCampaign, executionArn: string) => void = () => undefined,
): Promise<OnMoto> => {
  const campaign = await startMotoCampaign(of, (invocation) => during(invocation, campaign, executionArn));
  let executionArn = '';
  try {
    const { world, images } = campaign.scenarioWorld;
    const failing = new Set(of.faults.map((fault) => ('stack' in fault ? fault.stack : undefined)));
    for (const one of world.stacks) if (failing.has(one.name)) one.faults = { ...one.faults, forward: 'updateFails' };
    const before = world.stacks.map((one) => snapshot(world, one).running);
    // The same name as in the rehearsal: the plan and its hash carry it.
    const name = `rehearsal-${of.name}-${of.seed}`;
    executionArn = `${campaign.campaignMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    await campaign.states.send(
      new StartExecutionCommand({
        stateMachineArn: campaign.campaignMachineArn,
        name,
        input: JSON.stringify({
          imageId: images.new.get('eu-west-1'),
          region: 'eu-west-1',
          reason: `rehearsal of ${of.name}`,
        }),
      }),
    );
    const execution = await campaign.ended(executionArn);
    const restores = await campaign.restoresOf(execution);
    for (const arn of restores) await campaign.ended(arn);
    return {
      execution,
      running: world.stacks.map((one, index) => ({ before: before[index] ?? {}, after: snapshot(world, one).running })),
      campaign: await campaign.statesOf(executionArn),
      restore: (await Promise.all(restores.map((arn) => campaign.statesOf(arn)))).flat(),
      tasks: comparable(campaign.invocations, taskHandlers(campaign.invocations)),
    };
  } finally {
    await campaign.close();
  }
};

/** Lets the scenario's people answer when a ring asks. */
const people =
  (of: Scenario) =>
  ({ handler, payload }: Invocation, { lambda }: MotoCampaign): void => {
    if (handler !== 'approve-ring') return;
    const { campaignId, ring } = payload as { campaignId: string; ring: string };
    operators(
      of,
      (request) => lambda.invoke('ami-rollout-console', request),
      () => undefined,
      { forged: false, stale: false, doubled: false, forge: () => Promise.resolve() },
    ).approvalWanted(campaignId, ring);
  };

// moto's interpreter derives from another code base than the embedded one: where both agree, neither is alone in it.
(hasMoto ? describe : describe.skip)("a second interpreter, moto's, over HTTP", () => {
  const paths: { path: string; states: number; tasks: number }[] = [];
  afterAll(() => keepResult('second-interpreter', { paths }));

  it.each([
    ['PROMOTED', scenario('agrees-promoted')],
    [
      'REJECTED',
      scenario('agrees-rejected', { image: { family: 'al2023-base', scanMinutes: 0.5, findings: { critical: 1 } } }),
    ],
    ['RESTORED', scenario('agrees-restored', { faults: [{ kind: 'updateFails', stack: 'app-2' }] })],
    [
      'RESTORED',
      scenario('agrees-not-approved', { approval: { decision: 'reject', afterMinutes: 0.5, by: 'operator' } }),
    ],
  ])(
    'goes through the same states with the same inputs to %s',
    async (outcome, of) => {
      const first = await embedded({ ...of, expect: { outcome } } as Scenario);
      const second = await onMoto(of, people(of));
      expect(first.report.outcome).toBe(outcome);
      expect({ status: second.execution.status, error: second.execution.error }).toEqual(
        outcome === 'PROMOTED' ? { status: 'SUCCEEDED', error: undefined } : { status: 'FAILED', error: outcome },
      );
      expect(second.campaign).toEqual(first.campaign);
      expect(second.restore).toEqual(first.restore);
      expect(second.tasks).toEqual(first.tasks);
      for (const { before, after } of second.running) {
        if (outcome === 'PROMOTED') expect(after).not.toEqual(before);
        else expect(after).toEqual(before);
      }
      paths.push({
        path: of.name,
        states: new Set([...second.campaign, ...second.restore]).size,
        tasks: second.tasks.length,
      });
    },
    300_000,
  );

  it('is driven by an operator with the plain SDK: a forged answer approves nothing', async () => {
    const of = scenario('forged', { approval: { decision: 'ignore' } });
    const { execution, running, restore } = await onMoto(of, ({ handler, payload }, { states, table }) => {
      if (handler !== 'approve-ring') return;
      const { campaignId, ring } = payload as { campaignId: string; ring: string };
      // Whoever can read the table has the token, as somebody with the rights of an operator may.
      void findWait({ table }, approvalWaitKey(campaignId, ring)).then((wait) =>
        states.send(new SendTaskSuccessCommand({ taskToken: wait?.taskToken, output: '{"decision":"approved"}' })),
      );
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'RESTORED' });
    expect(execution.cause).toMatch(/NotApproved/);
    expect(restore).toContain('Restore Stacks');
    for (const { before, after } of running) expect(after).toEqual(before);
  }, 300_000);

  it('is driven by an operator with the plain SDK: StopExecution ends in a restore', async () => {
    const { execution, running, restore } = await onMoto(
      scenario('stopped'),
      ({ handler, payload }, { states }, executionArn) => {
        if (handler === 'apply-image' && (payload as { direction: string }).direction === 'forward')
          void states.send(new StopExecutionCommand({ executionArn, cause: 'stopped by hand' }));
      },
    );
    expect(execution.status).toBe('ABORTED');
    expect(restore).toContain('Restore Stacks');
    for (const { before, after } of running) expect(after).toEqual(before);
  }, 300_000);
});
