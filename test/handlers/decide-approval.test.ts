import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendTaskSuccessCommand, SFNClient, TaskTimedOut } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { Context } from 'aws-lambda';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { registerMemoryTables } from '../../adapters/table/memory-table.ts';
import { approvalWaitKey } from '../../domain/ring/settle-approval.ts';
import { findApproval } from '../../domain/store/approvals.ts';
import { createCampaign } from '../../domain/store/campaigns.ts';
import { keys } from '../../domain/store/keys.ts';
import { findWait, storeWait } from '../../domain/store/waits.ts';
import type { JsonResponse } from '../../handlers/runtime/iam-request.ts';
import { aCampaign } from '../domain/fakes/campaign.ts';
import { aConfiguration } from '../domain/fakes/configuration.ts';
import { anApproval } from '../domain/fakes/approval.ts';
import { testClock } from '../domain/fakes/test-clock.ts';
import { aWait } from '../domain/fakes/wait.ts';
import { linesOf } from './lines-of.ts';

const token = 'AQCEAAAAKgAAAAMAAAAAAAAAAQsecret-task-token';
const identity = (person: string) => `arn:aws:sts::111122223333:assumed-role/ops/${person}`;
/** What the machine is waiting for, far enough in the future for a real clock. */
const waiting = async (campaignId: string, starter = 'ana') => {
  const ports = { table: connectTable('memory:decide-approval'), clock: testClock() };
  await createCampaign(ports, aCampaign({ campaignId, starter }), { who: 'test', what: 'opened', why: '' });
  const approval = anApproval({ campaignId, approversNeeded: starter === 'unknown' ? 2 : 1 });
  await ports.table.put(keys.approval(campaignId, 'canary'), { ...approval, count: 0 });
  await storeWait(
    ports,
    aWait({ key: approvalWaitKey(campaignId, 'canary'), kind: 'approval', taskToken: token, campaignId }),
  );
  return ports;
};

describe('the handler Decide Approval', () => {
  const sfn = mockClient(SFNClient);
  const environment: Record<string, string> = {
    TABLE: 'memory:decide-approval',
    HUB_ACCOUNT: '111122223333',
    AWS_REGION: 'eu-west-1',
  };
  let folder = '';
  let handler: (event: unknown, context: Context) => Promise<JsonResponse>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
    environment.ROLLOUT_CONFIGURATION = join(folder, 'configuration.json');
    writeFileSync(environment.ROLLOUT_CONFIGURATION, JSON.stringify(aConfiguration()));
    Object.assign(process.env, environment);
    registerMemoryTables();
    // Handlers connect when they are loaded, as Lambda does it.
    ({ handler } = (await import('../../handlers/decide-approval.ts')) as unknown as { handler: typeof handler });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
    sfn.restore();
  });
  beforeEach(() => {
    sfn.reset();
    sfn.on(SendTaskSuccessCommand).resolves({});
  });

  const send = async (campaignId: string, person: string | null, over: object = {}) => {
    const body = JSON.stringify({ campaignId, ring: 'canary', decision: 'approve', reason: 'looks good', ...over });
    const iam = person === null ? {} : { userArn: identity(person) };
    let response: JsonResponse | undefined;
    const { text, error } = await linesOf(async () => {
      response = await handler({ body, requestContext: { authorizer: { iam } } }, {} as Context);
    });
    if (error !== undefined) throw error as Error;
    return { status: response?.statusCode, answer: JSON.parse(response?.body ?? '') as object, text };
  };
  const completions = () => sfn.commandCalls(SendTaskSuccessCommand).map(({ args: [{ input }] }) => input);

  it('takes a signed approval, completes the task and says so', async () => {
    const ports = await waiting('approved');
    expect(await send('approved', 'ben')).toMatchObject({
      status: 200,
      answer: { accepted: true, state: 'approved', message: 'ring canary is approved' },
    });
    expect(completions()).toEqual([{ taskToken: token, output: '{"decision":"approved"}' }]);
    expect(await findApproval(ports, 'approved', 'canary')).toMatchObject({
      state: 'approved',
      decisions: [{ person: 'ben', decision: 'approve' }],
    });
    expect(await findWait(ports, approvalWaitKey('approved', 'canary'))).toBeUndefined();
  });

  it('waits for the second person where the starter is unknown', async () => {
    await waiting('two', 'unknown');
    expect(await send('two', 'ana')).toMatchObject({ status: 200, answer: { state: 'open' } });
    expect(completions()).toEqual([]);
    expect(await send('two', 'ana')).toMatchObject({ status: 409 });
    expect(await send('two', 'ben')).toMatchObject({ status: 200, answer: { state: 'approved' } });
    expect(completions()).toHaveLength(1);
  });

  it('takes a rejection', async () => {
    await waiting('rejected');
    expect(await send('rejected', 'ben', { decision: 'reject' })).toMatchObject({ answer: { state: 'rejected' } });
    expect(completions()).toMatchObject([{ output: '{"decision":"rejected"}' }]);
  });

  it.each([
    ['a request that is not signed', null, {}, 403],
    ['a request with an identity of its own', 'mallory', { identity: identity('ben') }, 400],
    ['somebody unknown', 'mallory', {}, 409],
    ['the starter', 'ana', {}, 409],
    ['another plan', 'ben', { planHash: 'b'.repeat(64) }, 409],
    ['another ring', 'ben', { ring: 'full' }, 409],
  ])('refuses %s', async (_what, person, over, status) => {
    await waiting('refused');
    expect(await send('refused', person, over)).toMatchObject({ status, answer: { accepted: false } });
    expect(completions()).toEqual([]);
  });

  it('does not mind a task that nobody waits for any more', async () => {
    await waiting('gone');
    sfn.on(SendTaskSuccessCommand).rejects(new TaskTimedOut({ message: 'timed out', $metadata: {} }));
    expect(await send('gone', 'ben')).toMatchObject({ status: 200 });
  });

  it('never writes the task token anywhere', async () => {
    await waiting('secret');
    const { text, answer } = await send('secret', 'ben');
    expect(text + JSON.stringify(answer)).not.toContain(token);
    await waiting('secret-2');
    sfn.on(SendTaskSuccessCommand).rejects(new Error('no network'));
    const { text: log, error } = await linesOf(async () =>
      handler(
        {
          body: JSON.stringify({ campaignId: 'secret-2', ring: 'canary', decision: 'approve', reason: 'x' }),
          requestContext: { authorizer: { iam: { userArn: identity('ben') } } },
        },
        {} as Context,
      ),
    );
    expect(error).toBeDefined();
    expect(log + String(error)).not.toContain(token);
  });
});
