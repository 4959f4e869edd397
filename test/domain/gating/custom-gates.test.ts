import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CustomGate } from '../../../domain/configuration/custom-gate.ts';
import { AnswerMalformed, answerGate, CallbackRefused } from '../../../domain/gating/custom/answer-gate.ts';
import { askGate, GateFailed } from '../../../domain/gating/custom/ask-gate.ts';
import { customGates } from '../../../domain/gating/custom/custom-gates.ts';
import { settleGateExecution, sweepGates } from '../../../domain/gating/custom/settle-execution.ts';
import { findGateCall, gateKey } from '../../../domain/store/gate-calls.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { hub, newImage } from '../fakes/names.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

interface Question {
  readonly callback: { readonly id: string; readonly functionArn: string };
}
const task = {
  campaignId: 'campaign-1',
  image: { id: newImage, region: hub.region },
  category: 'base',
  taskToken: 'token-1',
} as const;
const licences: CustomGate = { name: 'licences', asks: { kind: 'function', arn: 'arn:licences' }, timeoutSeconds: 30 };
const smoke: CustomGate = { name: 'smoke', asks: { kind: 'function', arn: 'arn:smoke' }, timeoutSeconds: 600 };
const load: CustomGate = {
  name: 'load',
  asks: { kind: 'stateMachine', arn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:load' },
  timeoutSeconds: 3600,
};
const good = { passed: true, reasons: [], evidence: {} };
const pending = { pending: true };

const worldWith = async (...custom: readonly CustomGate[]): Promise<World> => {
  const world = aWorld({ gates: { ...aConfiguration().gates, custom } });
  await seedCampaign(world);
  world.functions.onCall = () => Promise.resolve(good);
  return world;
};

/** Runs what was queued until nothing is; gives what the dead-letter queue would hold. */
const deliver = async (world: World): Promise<string[]> => {
  const dead: string[] = [];
  for (let queued = world.functions.queued.shift(); queued; queued = world.functions.queued.shift())
    try {
      // The other function that is called is the writer of tags.
      if (queued.functionName === 'ask-custom-gate')
        await askGate(world)(queued.payload as { campaignId: string; gate: string });
    } catch (error) {
      if (!(error instanceof GateFailed)) throw error;
      dead.push(error.message);
    }
  return dead;
};
const verdict = (world: World) => world.executions.completed.map(({ output }) => output);
const callOf = (world: World, gate: string) => findGateCall(world, 'campaign-1', gateKey(gate));

describe('the gate Custom Gates', () => {
  it('passes at once where there is none', async () => {
    const world = await worldWith();
    await customGates(world)(task);
    expect(verdict(world)).toEqual([{ verdict: { gate: 'Custom Gates', passed: true, reason: '' } }]);
  });

  it('asks all and passes when all have answered so', async () => {
    const world = await worldWith(licences, smoke);
    await customGates(world)(task);
    expect(world.functions.queued.map(({ payload }) => payload)).toEqual([
      { campaignId: 'campaign-1', gate: 'licences' },
      { campaignId: 'campaign-1', gate: 'smoke' },
    ]);
    expect(verdict(world)).toEqual([]);
    expect(await deliver(world)).toEqual([]);
    expect(verdict(world)).toMatchObject([{ verdict: { passed: true } }]);
    expect((await Array.fromAsync(verdictsOf(world, 'campaign-1')))[0]?.evidence).toEqual({
      answers: [
        { name: expect.any(String), seconds: 0, reason: '', code: '', answer: good },
        { name: expect.any(String), seconds: 0, reason: '', code: '', answer: good },
      ],
    });
  });

  it('notes in the trail what is asked before anything is', async () => {
    const world = await worldWith(licences);
    await customGates(world)(task);
    expect((await trailOf(world)).at(-1)).toMatchObject({ who: 'Custom Gates', what: 'gates asked', why: 'licences' });
  });

  it('asks nothing twice when the task is tried again, and completes the new token', async () => {
    const world = await worldWith(licences);
    world.functions.onCall = () => Promise.resolve(pending);
    await customGates(world)(task);
    await deliver(world);
    await customGates(world)({ ...task, taskToken: 'token-2' });
    expect(world.functions.queued).toEqual([]);
    world.clock.advance(1);
    await sweepGates(world, 'campaign-1');
    expect(world.executions.completed).toMatchObject([{ taskToken: 'token-2' }]);
  });

  it('shows a gate no task token, and keeps only the hash of its callback id', async () => {
    const world = await worldWith(licences);
    let question = '';
    world.functions.onCall = (_arn, payload) => {
      question = JSON.stringify(payload);
      return Promise.resolve(pending);
    };
    await customGates(world)(task);
    await deliver(world);
    expect(question).toContain('"callback":{"id":"campaign-1:');
    expect(question).not.toContain('token-1');
    const { id } = (JSON.parse(question) as Question).callback;
    const call = await callOf(world, 'licences');
    expect(call?.callbackHashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(JSON.stringify(call)).not.toContain(id);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['crashes', () => Promise.reject(new TypeError('x is undefined')), 'gave no answer \\(.*x is undefined'],
    ['hangs', () => Promise.reject(new Error('no answer in 30 seconds')), 'no answer in 30 seconds'],
    ['answers something else', () => Promise.resolve({ passed: 'yes' }), 'malformed answer'],
    ['answers nothing', () => Promise.resolve(undefined), 'malformed answer'],
    [
      'answers too much',
      () => Promise.resolve({ ...good, evidence: { log: 'x'.repeat(200_000) } }),
      '100000 characters',
    ],
  ])('fails when one %s, and leaves it in the dead-letter queue', async (_what, answer, reason) => {
    const world = await worldWith(licences, smoke);
    world.functions.onCall = (arn) => (arn === 'arn:licences' ? answer() : Promise.resolve(good));
    await customGates(world)(task);
    const dead = await deliver(world);
    expect(verdict(world)).toMatchObject([
      { verdict: { passed: false, reason: expect.stringMatching(new RegExp(`licences.*${reason}`)) } },
    ]);
    expect(dead.length).toBeGreaterThan(0);
    expect(new Set(dead.map((text) => text.split(':')[0]))).toEqual(
      new Set(['custom gate licences of campaign campaign-1']),
    );
  });

  it('fails when one returns its answer after the deadline, whatever it says', async () => {
    const world = await worldWith(licences);
    world.functions.onCall = () => {
      world.clock.advance(200);
      return Promise.resolve(good);
    };
    await customGates(world)(task);
    expect(await deliver(world)).toContain('custom gate licences of campaign campaign-1: no answer within 30 seconds');
    expect(verdict(world)).toMatchObject([
      { verdict: { passed: false, reason: expect.stringContaining('no answer within 30 seconds') } },
    ]);
  });

  it('is no crash when a gate refuses: its reason is the verdict, and nothing is a dead letter', async () => {
    const world = await worldWith(licences);
    world.functions.onCall = () => Promise.resolve({ passed: false, reasons: ['a GPL package'] });
    await customGates(world)(task);
    expect(await deliver(world)).toEqual([]);
    expect(verdict(world)).toMatchObject([{ verdict: { passed: false, reason: expect.stringContaining('a GPL') } }]);
  });

  describe('answered later', () => {
    let world: World;
    let id: string;
    beforeEach(async () => {
      world = await worldWith(licences);
      world.functions.onCall = (_arn, payload) => {
        ({ id } = (payload as Question).callback);
        return Promise.resolve(pending);
      };
      await customGates(world)(task);
      await deliver(world);
    });

    it('passes through the callback, once', async () => {
      expect(await answerGate(world)({ callbackId: id, ...good })).toEqual({ accepted: true });
      expect(verdict(world)).toMatchObject([{ verdict: { passed: true } }]);
      await expect(answerGate(world)({ callbackId: id, ...good })).rejects.toThrow(CallbackRefused);
      expect(verdict(world)).toHaveLength(1);
    });

    it.each([
      ['another secret', () => `${id.slice(0, -4)}AAAA`],
      ['another gate', () => id.replace(gateKey('licences'), gateKey('smoke'))],
      ['another campaign', () => id.replace('campaign-1', 'campaign-2')],
      ['nothing like an id', () => 'x'],
    ])('refuses an id with %s', async (_, other) => {
      await expect(answerGate(world)({ callbackId: other(), ...good })).rejects.toThrow(CallbackRefused);
      expect(verdict(world)).toEqual([]);
    });

    it('refuses an answer after the deadline, and fails the gate', async () => {
      world.clock.advance(1);
      await expect(answerGate(world)({ callbackId: id, ...good })).rejects.toThrow(CallbackRefused);
      expect(verdict(world)).toMatchObject([
        { verdict: { passed: false, reason: expect.stringContaining('no answer within 30 seconds') } },
      ]);
      expect(await deliver(world)).toEqual([
        'custom gate licences of campaign campaign-1: no answer within 30 seconds',
      ]);
    });

    it('fails by a malformed answer, and says so to who gave it', async () => {
      await expect(answerGate(world)({ callbackId: id, passed: 'yes' })).rejects.toThrow(AnswerMalformed);
      expect(verdict(world)).toMatchObject([{ verdict: { passed: false } }]);
      expect(await deliver(world)).toHaveLength(1);
    });

    it('is found overdue by the sweep', async () => {
      expect(await sweepGates(world, 'campaign-1')).toBe(false);
      world.clock.advance(1);
      expect(await sweepGates(world, 'campaign-1')).toBe(true);
      expect(await sweepGates(world, 'campaign-1')).toBe(true);
      expect(verdict(world)).toMatchObject([{ verdict: { passed: false } }]);
    });
  });

  describe('asked of a state machine', () => {
    const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:load:${gateKey('load')}-`;
    let world: World;
    beforeEach(async () => {
      world = await worldWith(load);
      await customGates(world)(task);
      await deliver(world);
    });
    const arn = async () => (await callOf(world, 'load'))?.executionArn ?? '';

    it('is started under one name and known by its execution', async () => {
      expect(world.gateMachines.started).toHaveLength(1);
      expect(await arn()).toBe(`${executionArn}${world.gateMachines.started[0]?.name.split('-')[1]}`);
    });

    it('takes the output for the answer, whatever the event said', async () => {
      await settleGateExecution(world, await arn());
      expect(verdict(world)).toEqual([]);
      world.gateMachines.ended = { status: 'SUCCEEDED', output: good, cause: '' };
      await settleGateExecution(world, await arn());
      expect(verdict(world)).toMatchObject([{ verdict: { passed: true } }]);
    });

    it.each([
      [{ status: 'FAILED', output: null, cause: 'States.TaskFailed: no' }, 'ended FAILED (States.TaskFailed: no)'],
      [{ status: 'ABORTED', output: null, cause: '' }, 'ended ABORTED'],
      [{ status: 'SUCCEEDED', output: { done: true }, cause: '' }, 'malformed answer'],
    ] as const)('fails when it has ended as %j', async (ended, reason) => {
      world.gateMachines.ended = ended;
      await sweepGates(world, 'campaign-1');
      expect(verdict(world)).toMatchObject([{ verdict: { passed: false, reason: expect.stringContaining(reason) } }]);
      expect(await deliver(world)).toHaveLength(1);
    });

    it.each([
      ['looked at after the deadline, of which nobody says when it ended', undefined, false],
      ['that ended after the deadline', '2026-11-22T13:00:00.001Z', false],
      ['that ended at the deadline', '2026-11-22T13:00:00.000Z', false],
      ['whose end is no date', 'yesterday', false],
      ['that ended in time and is noticed late', '2026-11-22T12:59:59.000Z', true],
    ])('judges an execution %s', async (_, endedAt, passes) => {
      world.clock.advance(12_000);
      world.gateMachines.ended = { status: 'SUCCEEDED', output: good, cause: '', endedAt };
      await sweepGates(world, 'campaign-1');
      expect(verdict(world)).toMatchObject([
        {
          verdict: {
            passed: passes,
            reason: passes ? '' : expect.stringContaining('no answer within 3600 seconds'),
          },
        },
      ]);
    });

    it('leaves executions of others alone', async () => {
      world.gateMachines.ended = { status: 'SUCCEEDED', output: good, cause: '' };
      await settleGateExecution(world, 'arn:aws:states:eu-west-1:111122223333:execution:load:other');
      expect(verdict(world)).toEqual([]);
    });
  });

  it('never passes unless every gate has answered so in time', async () => {
    const answer = fc.oneof(
      fc.constant(good),
      fc.constant(pending),
      fc.anything().filter((value) => JSON.stringify(value) !== JSON.stringify(good)),
      fc.constant('throws'),
    );
    await fc.assert(
      fc.asyncProperty(answer, answer, fc.boolean(), fc.boolean(), async (first, second, inTime, callsBack) => {
        const world = await worldWith(licences, smoke);
        const ids: string[] = [];
        world.functions.onCall = (arn, payload) => {
          const given = arn === 'arn:licences' ? first : second;
          if (given === pending) ids.push((payload as Question).callback.id);
          return given === 'throws' ? Promise.reject(new Error('no')) : Promise.resolve(given);
        };
        await customGates(world)(task);
        await deliver(world);
        if (!inTime) world.clock.advance(60);
        if (callsBack)
          for (const callbackId of ids) await answerGate(world)({ callbackId, ...good }).catch(() => undefined);
        world.clock.advance(60);
        await sweepGates(world, 'campaign-1');
        const fine = [first, second].every((given) => given === good || (given === pending && inTime && callsBack));
        const isPass = (given: unknown) =>
          given === good || given === pending || (given as { passed?: unknown } | null)?.passed === true;
        if (![first, second].every(isPass) || !fine)
          expect(verdict(world)).not.toContainEqual({ verdict: expect.objectContaining({ passed: true }) });
        expect(verdict(world)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
