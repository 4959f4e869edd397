import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RollbackAnswer, RollbackCampaign } from '../../domain/restore/rollback-answer.ts';
import { rollbackExitCode } from '../../cli/rollback/rollback-exit-code.ts';
import { runCli } from './run-cli.ts';

const env = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' };

const campaign = (over: Partial<RollbackCampaign> = {}): RollbackCampaign => ({
  campaignId: 'c-1',
  family: 'al2023-base',
  image: 'ami-0123456789abcdef0',
  startedAt: '2026-11-22T10:00:00.000Z',
  case: 'reopen',
  outcome: 'PROMOTED',
  reason: '',
  execution: null,
  touched: 2,
  counts: { done: 2 },
  left: [],
  ...over,
});
const answerOf = (over: Partial<RollbackAnswer> = {}): Omit<RollbackAnswer, 'accepted'> => ({
  message: 'c-1 is being restored',
  campaigns: [campaign()],
  ...over,
});

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers a look and a request each with its own answer and keeps what was asked. */
const product = async (answers: Readonly<Partial<Record<'GET' | 'POST', { status?: number; body: unknown }>>>) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      asked.push(`${method} ${url} ${text}`.trim());
      const { status = 200, body } = answers[method as 'GET' | 'POST'] ?? { status: 500, body: {} };
      const type = status === 200 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
};
const rollback = (args: readonly string[]) =>
  runCli(['rollback', ...args, '--region', 'eu-west-1', '--reason', ' it leaks '], { env });

describe('ami-rollout rollback', () => {
  const ended = answerOf({ campaigns: [campaign({ case: 'nothing', outcome: 'RESTORED', counts: { restored: 2 } })] });

  it('shows what it means, begins it and says how it ended', async () => {
    const { url, asked } = await product({ GET: { body: answerOf() }, POST: { body: ended } });
    const result = await rollback([
      'arn:aws:states:eu-west-1:1:execution:ami-rollout-campaign:c-1',
      '--yes',
      '--endpoint',
      url,
    ]);
    expect(result).toMatchObject({ code: 3, stderr: '' });
    expect(result.stdout).toContain('2 stacks touched');
    expect(asked).toEqual([
      'GET /machine/campaigns/c-1/rollback',
      'POST /machine/campaigns/c-1/rollback {"reason":"it leaks"}',
    ]);
  });

  it('rolls an image back, and prints one object if asked to', async () => {
    const { url, asked } = await product({
      GET: { body: answerOf() },
      POST: { body: answerOf({ campaigns: [campaign({ case: 'running', outcome: null })] }) },
    });
    const args = ['--image', 'ami-0123456789abcdef0', '--yes', '--no-wait', '--json', '--endpoint', url];
    const { code, stdout } = await rollback(args);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: true, campaigns: [{ campaignId: 'c-1' }] });
    expect(asked[1]).toBe('POST /machine/images/ami-0123456789abcdef0/rollback {"reason":"it leaks"}');
  });

  it('begins nothing without a yes', async () => {
    const { url, asked } = await product({ GET: { body: answerOf() }, POST: { body: ended } });
    const { code, stderr } = await rollback(['c-1', '--endpoint', url]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('give --yes') });
    expect(asked).toEqual(['GET /machine/campaigns/c-1/rollback']);
  });

  it('does nothing where there is nothing to restore', async () => {
    const { url, asked } = await product({ GET: { body: ended } });
    expect(await rollback(['c-1', '--yes', '--endpoint', url])).toMatchObject({ code: 3 });
    expect(asked).toHaveLength(1);
  });

  it('says why it was refused', async () => {
    const body = { title: 'Not Found', status: 404, detail: 'there is no campaign c-9' };
    const { url } = await product({ GET: { status: 404, body } });
    const { code, stdout } = await rollback(['c-9', '--yes', '--endpoint', url]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '✗ not accepted: there is no campaign c-9\n' });
  });

  it.each([
    ['neither a campaign nor an image', [], 'a campaign, or --image'],
    ['both', ['c-1', '--image', 'ami-0123456789abcdef0'], 'not both'],
    ['an image that is none', ['--image', 'web'], "'web' is no AMI id"],
  ])('refuses %s', async (_what, args, message) => {
    expect(await rollback([...args, '--endpoint', 'http://127.0.0.1:1/'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(message),
    });
  });
});

describe('rollbackExitCode', () => {
  const of = (...campaigns: RollbackCampaign[]) => rollbackExitCode({ accepted: true, campaigns });
  it('is the worst of all campaigns', () => {
    const restored = campaign({ case: 'nothing', outcome: 'RESTORED' });
    const running = campaign({ case: 'running', outcome: null });
    const incomplete = campaign({ case: 'reopen', outcome: 'RESTORE_INCOMPLETE' });
    expect(of(restored, running, incomplete)).toBe(4);
    expect(of(restored, running)).toBe(5);
    expect(of(restored)).toBe(3);
    expect(of(campaign({ case: 'nothing', outcome: 'UNCHANGED' }))).toBe(0);
    expect(rollbackExitCode({ accepted: false, campaigns: [] })).toBe(1);
  });
});
