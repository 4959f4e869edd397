import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CustomGate } from '../../../domain/configuration/custom-gate.ts';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import { askGate } from '../../../domain/gating/custom/ask-gate.ts';
import { customGates } from '../../../domain/gating/custom/custom-gates.ts';
import { sweepGates } from '../../../domain/gating/custom/settle-execution.ts';
import type { RunbookOutcome } from '../../../domain/ports/runbooks.ts';
import { keys } from '../../../domain/store/keys.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { anImage } from '../fakes/images.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { hub, newImage } from '../fakes/names.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const boot: CustomGate = {
  name: 'boot',
  asks: {
    kind: 'boot',
    document: 'AWS-RunShellScript',
    parameters: { commands: ['true'] },
    instanceType: 'm7g.large',
    bootMinutes: 15,
    runbook: 'ami-rollout-boot-boot-1',
  },
  timeoutSeconds: 3600,
};
const task = {
  campaignId: 'campaign-1',
  image: { id: newImage, region: hub.region },
  category: 'base',
  taskToken: 'token-1',
} as const;
const ask = { campaignId: 'campaign-1', gate: 'boot' };

let world: World;
const verdict = () => world.executions.completed.map(({ output }) => output);
const released = () => world.functions.queued.filter(({ functionName }) => functionName === 'end-gate-instances');
const told = () =>
  settleEvent(world)({
    'detail-type': 'EC2 Automation Execution Status-change Notification',
    detail: { ExecutionId: 'run-1', Definition: 'ami-rollout-boot-boot-1', Status: 'Success' },
  } as { 'detail-type': string });
const passed: RunbookOutcome = { state: 'ended', passed: true, cause: '', output: 'all well', exitCode: '0' };

beforeEach(async () => {
  world = aWorld({ gates: { ...aConfiguration().gates, custom: [boot] } });
  await seedCampaign(world);
  world.images.put(anImage());
  await customGates(world)(task);
});

describe('a gate that boots the image', () => {
  it('launches one instance, on demand and of its type, and starts its runbook, however often it is asked', async () => {
    await askGate(world)(ask);
    await askGate(world)(ask);
    expect([...world.instances.launched.values()]).toMatchObject([
      { imageId: newImage, type: 'm7g.large', spot: false, purpose: 'Custom Gate boot' },
    ]);
    expect(world.runbooks.started).toEqual([
      { runbook: 'ami-rollout-boot-boot-1', instanceId: expect.stringMatching(/^i-/), key: 'campaign-1#boot' },
    ]);
    expect(verdict()).toEqual([]);
  });

  it('passes with what the document has written, and lets the instance go', async () => {
    await askGate(world)(ask);
    world.runbooks.now = passed;
    await told();
    await told();
    expect(verdict()).toEqual([{ verdict: { gate: 'Custom Gates', passed: true, reason: '' } }]);
    expect(released().map(({ payload }) => payload)).toEqual([
      { campaignId: 'campaign-1', purpose: 'Custom Gate boot' },
    ]);
    const [kept] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(JSON.stringify(kept?.evidence)).toContain('all well');
  });

  it('believes the runbook and not the event', async () => {
    await askGate(world)(ask);
    await told();
    expect(verdict()).toEqual([]);
    expect(released()).toEqual([]);
  });

  it.each<[string, RunbookOutcome, RegExp]>([
    [
      'the document fails',
      { state: 'ended', passed: false, cause: 'Failed', output: 'a\nthe page does not open\n', exitCode: '3' },
      /AWS-RunShellScript failed on instance i-\w+ of ami-\w+, exit code 3: the page does not open$/,
    ],
    [
      'nothing was written',
      { state: 'ended', passed: false, cause: 'Delivery timed out', output: '', exitCode: null },
      /exit code none: Delivery timed out$/,
    ],
    [
      'SSM never manages it',
      { state: 'not managed', cause: 'timed out' },
      /SSM has not managed instance i-\w+ of ami-\w+ within 15 minutes: the image must boot and start the SSM agent$/,
    ],
    ['somebody stops the run', { state: 'broken', cause: 'it was cancelled' }, /no answer .*it was cancelled/],
  ])('fails and lets the instance go when %s', async (_, outcome, reason) => {
    await askGate(world)(ask);
    world.runbooks.now = outcome;
    await sweepGates(world, 'campaign-1');
    expect(verdict()).toMatchObject([{ verdict: { passed: false, reason: expect.stringMatching(reason) } }]);
    expect(released()).toHaveLength(1);
  });

  it('fails and lets the instance go when its time is over, whatever the run says afterwards', async () => {
    await askGate(world)(ask);
    world.clock.advance(60);
    await sweepGates(world, 'campaign-1');
    world.runbooks.now = passed;
    await told();
    expect(verdict()).toMatchObject([
      { verdict: { passed: false, reason: expect.stringContaining('no answer within 3600 seconds') } },
    ]);
    expect(released()).toHaveLength(1);
  });

  it.each<[string, string | undefined, boolean]>([
    ['is noticed late', undefined, false],
    ['ended late', '2026-11-22T13:00:00.000Z', false],
    ['ended in time and is noticed late', '2026-11-22T12:59:59.000Z', true],
  ])('judges a run that %s', async (_, endedAt, passes) => {
    await askGate(world)(ask);
    world.clock.advance(61);
    world.runbooks.now = { ...passed, endedAt };
    await told();
    expect(verdict()).toMatchObject([
      { verdict: { passed: passes, reason: passes ? '' : expect.stringContaining('no answer within 3600 seconds') } },
    ]);
    expect(released()).toHaveLength(1);
  });

  it('lets an instance go that is launched after the gate was given up', async () => {
    const launch = world.instances.launch;
    world.instances.launch = async (target, order) => {
      world.clock.advance(61);
      await sweepGates(world, 'campaign-1');
      return launch(target, order);
    };
    await expect(askGate(world)(ask)).rejects.toThrow('no answer within');
    expect(released().length).toBeGreaterThan(0);
  });

  it.each<[string, (given: World) => unknown, RegExp]>([
    [
      'no capacity',
      ({ instances }) => (instances.refusal = 'InsufficientInstanceCapacity'),
      /could not be launched: Insuf/,
    ],
    ['no runbook', ({ runbooks }) => (runbooks.refusal = 'not found'), /runbook ami-rollout-boot-boot-1 could not be/],
    ['no image', ({ images }) => images.remove(newImage), /is gone from eu-west-1/],
    [
      'no campaign',
      (given) => given.table.update(keys.campaign('campaign-1'), { set: { phase: 'restoring' } }, {}),
      /the campaign is over/,
    ],
  ])('is a dead letter where there is %s', async (_, spoil, reason) => {
    await spoil(world);
    await expect(askGate(world)(ask)).rejects.toThrow(reason);
    expect(verdict()).toMatchObject([{ verdict: { passed: false, reason: expect.stringMatching(reason) } }]);
  });

  it('is tried again where something may pass', async () => {
    world.runbooks.start = () => Promise.reject(new Error('ThrottlingException'));
    await expect(askGate(world)(ask)).rejects.toThrow('ThrottlingException');
    expect(verdict()).toEqual([]);
  });
});
