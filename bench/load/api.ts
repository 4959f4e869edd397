import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import autocannon from 'autocannon';
import { startLocal } from '../../console/local/server.ts';
import { localUsers } from '../../console/local/users.ts';
import type { LoadRun } from './rehearsed.ts';

/** Signed once: a signature is good for five minutes. */
const signedHeaders = async (url: URL): Promise<Record<string, string>> => {
  const [user] = localUsers;
  if (user === undefined) throw new Error('the local server has no users');
  const signer = new SignatureV4({ service: 'execute-api', region: 'eu-west-1', credentials: user, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
  });
  return headers;
};

/** So many signed requests a second at the API on loopback, for so long. */
export const apiLoad = async (perSecond: number, seconds: number): Promise<LoadRun> => {
  const server = await startLocal({ port: 0, speed: 60, scenario: 'default', stacks: null });
  try {
    const url = new URL('/machine/campaigns?family=al2023-base', server.url);
    const answer = await autocannon({
      url: url.href,
      headers: await signedHeaders(url),
      connections: 20,
      overallRate: perSecond,
      duration: seconds,
    });
    const { errors, timeouts, non2xx, latency } = answer;
    const failed = errors + timeouts + non2xx;
    return {
      what: `the API on loopback, ${perSecond} signed requests a second for ${seconds} s`,
      result: `${answer['2xx'].toLocaleString('en-US')} answered, ${failed} failed; latency ${latency.p50} ms in the middle, ${latency.p99} ms for 99 of 100`,
      seconds: answer.duration,
      passed: failed === 0 && answer['2xx'] >= perSecond * seconds * 0.9,
    };
  } finally {
    await server.close();
  }
};
