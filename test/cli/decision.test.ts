import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', AWS_SESSION_TOKEN: 'session' };

interface Received {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers every request with this status and text, and keeps the requests. */
const approvals = async (status: number, answer: string) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ method: request.method, headers: request.headers, body });
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature Version 4 of a received POST to `/`, worked out again by the book, from what arrived. */
const signatureOf = ({ headers, body }: Received, region: string): string => {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const date = String(headers['x-amz-date']);
  const scope = [date.slice(0, 8), region, 'lambda', 'aws4_request'];
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = ['POST', '/', '', lines.join(''), signed, sha256(body)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${keys.AWS_SECRET_ACCESS_KEY}`);
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n')).toString('hex');
};

const decide = (args: readonly string[], env: Readonly<Record<string, string>> = keys) =>
  runCli([...args, '--ring', 'canary', '--region', 'eu-west-1'], { env });

describe('ami-rollout approve and reject', () => {
  it('sends a decision that IAM can verify, and prints the answer', async () => {
    const { url, received } = await approvals(
      200,
      '{"accepted":true,"message":"ring canary is approved","state":"approved"}',
    );
    const arn = 'arn:aws:states:eu-west-1:111122223333:execution:ami-rollout-campaign:c-1';
    const result = await decide(['approve', arn, '--reason', ' healthy ', '--plan-hash', 'abc', '--url', url]);
    expect(result).toEqual({ code: 0, stdout: '✓ ring canary is approved\n', stderr: '' });
    const [request] = received;
    expect(request?.method).toBe('POST');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request!.body)).toEqual({
      campaignId: 'c-1',
      ring: 'canary',
      decision: 'approve',
      reason: 'healthy',
      planHash: 'abc',
    });
    expect(request?.headers['x-amz-security-token']).toBe('session');
    expect(request?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/lambda\/aws4_request, SignedHeaders=\S*host;\S+, Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers.authorization).toContain(`Signature=${signatureOf(request!, 'eu-west-1')}`);
  });

  it('exits with 1 when the decision is refused, and prints the answer as JSON where that is asked for', async () => {
    const answer = { accepted: false, message: 'ana started the campaign and cannot decide on it', state: 'open' };
    const { url, received } = await approvals(409, JSON.stringify(answer));
    const result = await decide(['reject', 'c-1', '--reason', 'looks wrong', '--json'], {
      ...keys,
      AMI_ROLLOUT_APPROVAL_URL: url,
    });
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toEqual(answer);
    expect(JSON.parse(received[0]!.body)).toEqual({
      campaignId: 'c-1',
      ring: 'canary',
      decision: 'reject',
      reason: 'looks wrong',
    });
  });

  it('explains a refusal by the function URL itself', async () => {
    const { url } = await approvals(403, '{"Message":"Forbidden"}');
    const { code, stdout } = await decide(['approve', 'c-1', '--reason', 'x', '--url', url]);
    expect(code).toBe(1);
    expect(stdout).toContain('lambda:InvokeFunctionUrl');
  });

  it('does not believe an acceptance that comes with an error', async () => {
    const { url } = await approvals(502, '{"accepted":true,"message":"?"}');
    const { code, stdout } = await decide(['approve', 'c-1', '--reason', 'x', '--url', url]);
    expect(code).toBe(1);
    expect(stdout).toContain('gave no answer of an approval (HTTP 502)');
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['the URL is not known', [], keys, 'give --url, or set AMI_ROLLOUT_APPROVAL_URL'],
    ['the URL is none', ['--url', 'nonsense'], keys, "'nonsense' is no URL of approvals"],
    ['nobody listens', ['--url', 'http://127.0.0.1:1/'], keys, 'could not be asked'],
    [
      'there are no credentials',
      ['--url', 'http://127.0.0.1:1/'],
      { HOME: '/nonexistent' },
      'no usable AWS credentials',
    ],
  ])('says what to do when %s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await decide(['approve', 'c-1', '--reason', 'x', ...args], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
