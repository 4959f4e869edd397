import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocal, type LocalServer } from '../../../console/local/server.ts';
import { keysOf } from '../../docs/workspace.ts';
import { hasTerminal, inTerminal } from '../in-terminal.ts';
import { runCli } from '../run-cli.ts';

const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length));

describe('a campaign by the command line', () => {
  let local: LocalServer;
  let image = '';
  let campaignId = '';
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-cli-'));
  const envOf = (user: string) => ({ ...keysOf(user), AWS_REGION: 'eu-west-1', AMI_ROLLOUT_ENDPOINT: local.url });
  const as = (user: string, ...args: string[]) => runCli(args, { env: envOf(user) });
  const atTerminal = (user: string, args: string[], answer?: string) =>
    inTerminal(args, {
      env: { NO_COLOR: '1', ...envOf(user) },
      ...(answer === undefined ? {} : { answer: { to: '[y/N]', type: answer } }),
    });
  const json = async <T>(...args: string[]): Promise<T> =>
    JSON.parse((await as('alice', ...args, '--json')).stdout) as T;

  beforeAll(async () => {
    local = await startLocal({ port: 0, scenario: 'default', stacks: 6, speed: 900 });
    image = Object.values(local.world.images)[0] ?? '';
  }, 120_000);
  afterAll(async () => {
    await local.close();
    rmSync(folder, { recursive: true });
  });

  it('plans ring by ring, in which way instances are replaced, how long and at what cost', async () => {
    const { code, stdout } = await as('alice', 'plan', image);
    expect(code).toBe(0);
    expect(stdout).toMatch(/canary ring: 1 stack, watched for 30 min, then a person approves/);
    expect(stdout).toMatch(/app-0001 +100000000001\/eu-west-1 +(parameter|ssm) +(rolling|instanceRefresh|none)/);
    expect(stdout).toMatch(/About \d+ min without the time of approvals, about \$0\.\d+ for ami-rollout itself/);
  });

  it('says why there is no plan, with the exit code of the outcome', async () => {
    const refused = await as('alice', 'plan', 'ami-0123456789abcdef0', '--family', 'al2023-base');
    expect(refused).toMatchObject({ code: 2, stderr: '' });
    expect(refused.stdout).toContain('REJECTED');
    expect(refused.stdout).toContain('image ami-0123456789abcdef0 does not exist in eu-west-1');
    expect(refused.stdout).not.toContain('0/0');
    const { rings, status } = await json<{ rings: []; status: { outcome: string } }>(
      ...['plan', 'ami-0123456789abcdef0', '--family', 'al2023-base'],
    );
    expect({ rings, outcome: status.outcome }).toEqual({ rings: [], outcome: 'REJECTED' });
  });

  it('starts once for a key, whatever the other start is', async () => {
    const first = await as('alice', 'start', image, '--key', 'my-key-1', '--no-wait', '--json');
    expect(first.code).toBe(5);
    ({ campaignId } = JSON.parse(first.stdout) as { campaignId: string });
    const again = await as('alice', 'start', image, '--key', 'my-key-1', '--no-wait', '--json');
    expect(again.stdout).toBe(first.stdout);
    for (const other of [[image, '--reason', 'another'], ['ami-0123456789abcdef0']]) {
      const refused = await as('alice', 'start', ...other, '--key', 'my-key-1', '--no-wait');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`idempotency-key was used for another start, campaign ${campaignId}`);
    }
  });

  it('waits for an approval, and says so within the width of a terminal', async () => {
    const states = async () =>
      (await json<{ rings: { state: string }[] }>('status', campaignId)).rings.map(({ state }) => state);
    while (!(await states()).includes('awaiting approval')) await new Promise((resolve) => setTimeout(resolve, 200));
    if (!hasTerminal) return;
    const { text } = await atTerminal('bob', ['status']);
    expect(text).toContain(campaignId);
    expect(widest(text)).toBeLessThanOrEqual(80);
  }, 120_000);

  (hasTerminal ? it : it.skip)(
    'shows the evidence on a terminal, asks, and takes anything but yes for a no',
    async () => {
      const approve = ['approve', campaignId, '--ring', 'canary', '--reason', 'healthy'];
      const own = await atTerminal('alice', approve, 'y');
      expect(own.text).toContain('alice started the campaign and cannot decide on it');
      expect(own.code).toBe(1);
      const no = await atTerminal('bob', approve, '');
      expect(no.text).toMatch(/Gates +all \d passed/);
      expect(no.text).toMatch(/Findings +not compared with an image in use/);
      expect(no.text).toMatch(/Instances +\d+ on the new image, none on another/);
      expect(no.text).toMatch(/Next +ring full touches 5 stacks/);
      expect(no.text).toContain('Approve ring canary? [y/N]');
      expect(no.text).toContain('Nothing was changed.');
      expect(no.code).toBe(1);
      expect(widest(no.text)).toBeLessThanOrEqual(80);
      const { rings } = await json<{ rings: { state: string }[] }>('status', campaignId);
      expect(rings[0]?.state).toBe('awaiting approval');
      const yes = await atTerminal('bob', approve, 'y');
      expect(yes.text).toContain('ring canary is approved');
      expect(yes.code).toBe(0);
    },
    60_000,
  );

  it('is watched to its end with the exit code of the outcome, and tells a late answer so', async () => {
    if (!hasTerminal) await as('bob', 'approve', campaignId, '--ring', 'canary', '--reason', 'healthy');
    const { code, stdout } = await as('alice', 'watch', campaignId);
    expect(stdout).toContain('PROMOTED');
    expect(code).toBe(0);
    const late = await as('bob', 'approve', campaignId, '--ring', 'canary', '--reason', 'healthy');
    expect(late.code).toBe(1);
    expect(late.stdout).toContain('ring canary is approved already; nothing was changed');
  }, 120_000);

  it('leaves its report as text, page and JSON', async () => {
    const text = await as('alice', 'report', campaignId);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('Succeeded (6):');
    expect(await json('report', campaignId)).toMatchObject({ campaignId, outcome: 'PROMOTED' });
    const file = join(folder, 'report.html');
    const html = await as('alice', 'report', campaignId, '--format', 'html', '--out', file);
    expect(html).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/i);
    expect(await as('alice', 'report', campaignId, '--format', 'pdf')).toMatchObject({ code: 1 });
    expect((await as('alice', 'report', 'nobody-knows')).stderr).toContain('there is no campaign nobody-knows');
  }, 60_000);

  it('is promoted in history and verified in its trail; nothing drifts then', async () => {
    const history = await json<{ campaignId: string }[]>('history', '--family', 'al2023-base');
    expect(new Set(history.map((one) => one.campaignId))).toEqual(new Set([campaignId]));
    expect((await as('alice', 'audit', campaignId, '--verify')).code).toBe(0);
    expect((await as('alice', 'drift')).stdout).toBe('0 of 6 opted-in stacks drift.\n');
    expect(await json('drift')).toEqual({ stacks: 6, items: [], unknown: [] });
  }, 60_000);

  (hasTerminal ? it : it.skip)(
    'has colours on a terminal, and none where nobody wants them',
    async () => {
      const status = (env: Record<string, string>, ...args: string[]) =>
        inTerminal([...args, 'status', campaignId], { env: { ...envOf('alice'), ...env } });
      const escape = '\u001b[';
      expect((await status({})).raw).toContain(escape);
      expect((await status({ NO_COLOR: '1' })).raw).not.toContain(escape);
      expect((await status({}, '--no-color')).raw).not.toContain(escape);
    },
    60_000,
  );
});
