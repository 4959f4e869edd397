import { describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { claimStack } from '../../../contracts/claim-stack.ts';
import { closeRing } from '../../../contracts/close-ring.ts';
import { correlationOf } from '../../../domain/correlation.ts';
import { Throttled, UpdateFailed } from '../../../domain/errors.ts';
import { taskHandler } from '../../../handlers/runtime/task-handler.ts';
import { aStackRecord, aTask } from '../../domain/fakes/stack-record.ts';
import { linesOf, logged } from '../lines-of.ts';

const context = {} as Context;
const secret = 'AQCEAAAAKgAAAAMAAAAAAAAAAQsecret-task-token';
const input = { campaignId: 'campaign-1', ring: 'canary' };
const output = { passed: true, reason: '', done: 1, failed: 0, skipped: 0, restored: 0, quarantined: 0 };
const task = aTask(aStackRecord(), 'forward', secret);

/** Calls the handler without its log in the test's output. */
const call = async (handler: (event: unknown, context: Context) => unknown, event: unknown) => {
  let answer: unknown;
  const { text, error } = await linesOf(async () => {
    answer = await handler(event, context);
  });
  return { answer, error: error as Error | undefined, text };
};

describe('a task that completes by returning', () => {
  const handler = taskHandler(closeRing, () => Promise.resolve(output));

  it('gives what the use case gives', async () => {
    expect(await call(handler, input)).toMatchObject({ answer: output, error: undefined });
  });

  it('hands the use case what the contract knows, and nothing else', async () => {
    const given: unknown[] = [];
    const noting = taskHandler(closeRing, (event) => {
      given.push(event);
      return Promise.resolve(output);
    });
    await call(noting, { ...input, surplus: 1, taskToken: secret });
    expect(given).toEqual([input]);
  });

  it.each([
    ['a missing field', { campaignId: 'campaign-1' }, /ring: /],
    ['a field of another type', { ...input, ring: 7 }, /ring: /],
    ['an empty id', { ...input, campaignId: '' }, /campaignId: /],
    ['no object', 'text', /\(root\): /],
    ['an empty event', {}, /campaignId: .*; ring: /],
  ])('refuses %s by its name, before anything is done', async (_what, event, fields) => {
    let done = false;
    const noting = taskHandler(closeRing, () => {
      done = true;
      return Promise.resolve(output);
    });
    const { error } = await call(noting, event);
    expect(error).toMatchObject({ name: 'ContractViolation', message: expect.stringMatching(fields) });
    expect(error?.message).toMatch(/^input of Close Ring does not fit its contract: /);
    expect(done).toBe(false);
  });

  it('refuses an answer that does not fit the contract, and names the field', async () => {
    const wrong = taskHandler(closeRing, () => Promise.resolve({ ...output, done: 'one' as unknown as number }));
    expect((await call(wrong, input)).error).toMatchObject({
      name: 'ContractViolation',
      message: expect.stringMatching(/^output of Close Ring does not fit its contract: done: /),
    });
  });

  it('gives no field that the contract does not know', async () => {
    const chatty = taskHandler(closeRing, () => Promise.resolve({ ...output, taskToken: secret }));
    expect((await call(chatty, input)).answer).toEqual(output);
  });

  it.each([new Throttled('slow down'), new UpdateFailed('no capacity')])(
    'lets the error %s through by its name: the machine matches it',
    async (thrown) => {
      const failing = taskHandler(closeRing, () => Promise.reject(thrown));
      const { error, text } = await call(failing, input);
      expect(error).toBe(thrown);
      expect(logged(text)).toMatchObject([
        { level: 'ERROR', message: 'task failed', errorName: thrown.name, errorMessage: thrown.message },
      ]);
    },
  );
});

describe('a task that completes by its token', () => {
  const handler = taskHandler(claimStack, () => Promise.resolve());

  it('gives nothing itself: whoever holds the token completes it', async () => {
    const given: unknown[] = [];
    const noting = taskHandler(claimStack, (event) => {
      given.push(event);
      return Promise.resolve();
    });
    expect((await call(noting, task)).answer).toEqual({});
    expect(given).toEqual([task]);
  });

  it.each([undefined, null, 7])('refuses a call whose token is %s', async (taskToken) => {
    expect((await call(handler, { ...task, taskToken })).error).toMatchObject({
      name: 'ContractViolation',
      message: 'input of Claim Stack does not fit its contract: taskToken: a callback task needs its token',
    });
  });

  it('refuses an input that does not fit, and names the field deep in it', async () => {
    const { error } = await call(handler, { ...task, stack: { ...task.stack, image: 'newest' } });
    expect(error).toMatchObject({
      name: 'ContractViolation',
      message: expect.stringContaining('stack.image: '),
    });
  });
});

describe('what a task logs', () => {
  it.each([
    ['when it fails', { ...task }],
    ['when its input does not fit', { ...task, stack: {} }],
    ['when its token is no text', { ...task, taskToken: [secret] }],
  ])('names campaign and stack and never its token %s', async (_what, event) => {
    const failing = taskHandler(claimStack, () => Promise.reject(new Throttled('slow down')));
    const { text, error } = await call(failing, event);
    expect(error).toBeDefined();
    expect(logged(text)).toMatchObject([{ level: 'ERROR', task: 'Claim Stack', campaignId: 'campaign-1' }]);
    expect(text).not.toContain(secret);
    expect(error?.message).not.toContain(secret);
  });

  it('says nothing of the invocation before', async () => {
    const failing = taskHandler(closeRing, () => Promise.reject(new Throttled('slow down')));
    await call(
      taskHandler(claimStack, () => Promise.reject(new Throttled('slow down'))),
      task,
    );
    const [line] = logged((await call(failing, { campaignId: 'campaign-2', ring: 'full' })).text);
    expect(line).toMatchObject({ task: 'Close Ring', campaignId: 'campaign-2', ring: 'full' });
    expect(line).not.toHaveProperty('stack');
    expect(line).not.toHaveProperty('account');
  });

  it('is one line where all goes well, with campaign, stack and correlation id, and without its token', async () => {
    const { text } = await call(
      taskHandler(claimStack, () => Promise.resolve()),
      task,
    );
    expect(logged(text)).toMatchObject([
      {
        level: 'INFO',
        message: 'task ran',
        task: 'Claim Stack',
        campaignId: 'campaign-1',
        correlationId: correlationOf('campaign-1'),
        direction: 'forward',
        stack: 'app-0001',
        account: task.stack.account,
        region: task.stack.region,
      },
    ]);
    expect(text).not.toContain(secret);
  });
});
