import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocalProcess, type LocalProcess } from '../console/pages/local-server.ts';
import { runCli } from './run-cli.ts';

const alice = {
  AWS_ACCESS_KEY_ID: 'LOCALALICE',
  AWS_SECRET_ACCESS_KEY: 'local-secret-of-alice',
  AWS_REGION: 'eu-west-1',
};

describe('ami-rollout doctor, over the simulated world', () => {
  let server: LocalProcess;
  beforeAll(async () => {
    server = await startLocalProcess(['--stacks', '12']);
  }, 120_000);
  afterAll(() => server.stop());

  const doctor = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    runCli(['doctor', '--endpoint', server.url, ...args], { env });

  it('goes through this machine, the hub and every target, and finds nothing missing', async () => {
    const { code, stdout, stderr } = await doctor(alice);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const check of [
      'API',
      'clock',
      'credentials',
      'person',
      'permissions',
      'event bus',
      'role',
      'opted in',
      'events',
    ])
      expect(stdout).toMatch(new RegExp(`✓ \\S+ {2}${check} `));
    expect(stdout).toContain('Nothing is missing.');
  });

  it('prints one object if asked to', async () => {
    const { code, stdout } = await doctor(alice, '--json');
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { subject: string; state: string }[] };
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(new Set(checks.map(({ subject }) => subject)).size).toBe(2 + 6);
  });

  it('says what is missing here, how to mend it, and fails', async () => {
    const unknown = await doctor({ ...alice, AWS_ACCESS_KEY_ID: 'NOBODY' });
    expect(unknown.code).toBe(1);
    expect(unknown.stdout).toMatch(/✗ here {2}credentials .*\n {4}→ /);
    const nowhere = await runCli(['doctor', '--endpoint', 'http://127.0.0.1:1'], { env: alice });
    expect(nowhere.code).toBe(1);
    expect(nowhere.stdout).toMatch(/✗ here {2}API .*cannot be reached.*\n {4}→ /);
    const unsaid = await runCli(['doctor', '--endpoint', 'ftp://example.com', '--json'], { env: alice });
    expect(unsaid.code).toBe(1);
    expect(JSON.parse(unsaid.stdout)).toMatchObject({ ok: false, checks: [{ check: 'address', state: 'missing' }] });
  });
});
