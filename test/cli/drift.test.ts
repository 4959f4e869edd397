import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';

const pages = [
  { items: [], next: 'target-1', targets: ['111111111111/eu-west-1'], remaining: 1, stacks: 3, unknown: [] },
  {
    items: [],
    next: null,
    targets: ['222222222222/eu-west-1'],
    remaining: 0,
    stacks: 0,
    unknown: [{ name: '222222222222/eu-west-1', reason: 'AccessDenied: the role is not there' }],
  },
];

describe('ami-rollout drift', () => {
  const server = createServer((request, response) => {
    const isSecond = new URL(request.url ?? '', 'http://x').searchParams.has('cursor');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(pages[isSecond ? 1 : 0]));
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const drift = (...args: string[]) =>
    runCli(['drift', ...args], {
      env: {
        AMI_ROLLOUT_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AMI_ROLLOUT_TOKEN: 'token',
      },
    });

  it('says of what nothing is known, and takes it for no success', async () => {
    const { code, stdout } = await drift();
    expect(stdout.split('\n')).toEqual([
      '0 of 3 opted-in stacks drift.',
      'not known: 222222222222/eu-west-1: AccessDenied: the role is not there',
      '',
    ]);
    expect(code).toBe(1);
    const { stdout: asJson } = await drift('--json');
    expect(JSON.parse(asJson)).toEqual({ stacks: 3, items: [], unknown: pages[1]?.unknown });
  });
});
