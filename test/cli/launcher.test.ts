import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { runCli, startCli } from './run-cli.ts';

/** Makes a Node say that it is an older one. */
const older = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.9.0' } })",
  )}`,
];

describe('the launcher', () => {
  it("runs the command with the project's own Node when the installed one is too old, and keeps the exit code", async () => {
    const right = await runCli(['--version'], { node: older });
    expect(right).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
    const wrong = await runCli(['nonsense'], { node: older });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("unknown command 'nonsense'");
  });

  it("says what to install when the project's own Node is too old as well", async () => {
    const { code, stderr } = await runCli(['--version'], {
      node: [...older, '--disable-warning=ExperimentalWarning'],
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/needs Node 24 or newer.*\n.*npm install/);
  });

  it('passes a signal on and ends as the command does', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const child = startCli(
      ['approve', 'c', '--ring', 'r', '--reason', 'x', '--region', 'eu-west-1', '--endpoint', url],
      {
        node: older,
        env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
      },
    );
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    await new Promise((resolve) => server.once('request', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(128 + 15);
    server.closeAllConnections();
    server.close();
  });
});
