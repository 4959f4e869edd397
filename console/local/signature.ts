import { timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { NotSignedIn, type Identify } from '../auth/identify.ts';
import { localArn } from './configuration.ts';
import { localUsers } from './users.ts';

const mostSkewMilliseconds = 5 * 60_000;

const parse = (header: string) => {
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    ) ?? [];
  if (signature === undefined) throw new NotSignedIn('sign the request with AWS credentials (Signature Version 4)');
  return {
    accessKeyId,
    date,
    region: region ?? '',
    service: service ?? '',
    signedHeaders: signedHeaders ?? '',
    signature,
  };
};

/** `20261122T101500Z` as a time. */
const timeOf = (text: string): Date =>
  new Date(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * What API Gateway's IAM authorizer does, for the local users: signs the request again with the user's key and compares.
 *
 * @param now - Real time, which the signer's clock shows too.
 */
export const byLocalSignature =
  (now: () => Date): Identify =>
  async (c) => {
    const given = parse(c.req.header('authorization') ?? '');
    const user = localUsers.find(({ accessKeyId }) => accessKeyId === given.accessKeyId);
    if (user === undefined || given.service !== 'execute-api')
      throw new NotSignedIn('the credentials are those of no local user, or the signature is for another service');
    const signingDate = timeOf(c.req.header('x-amz-date') ?? '');
    if (!(Math.abs(signingDate.getTime() - now().getTime()) <= mostSkewMilliseconds))
      throw new NotSignedIn('the signature has expired: sign the request again');
    const names = given.signedHeaders.split(';');
    if (!names.includes('host')) throw new NotSignedIn('the host is not among the signed headers');
    const url = new URL(c.req.url);
    const signer = new SignatureV4({
      service: given.service,
      region: given.region,
      credentials: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
      sha256: Sha256,
      applyChecksum: names.includes('x-amz-content-sha256'),
    });
    const { headers } = await signer.sign(
      {
        method: c.req.method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(
          names.filter((name) => name !== 'x-amz-content-sha256').map((name) => [name, c.req.header(name) ?? '']),
        ),
        body: await c.req.raw.clone().text(),
      },
      { signingDate, signableHeaders: new Set(names), unsignableHeaders: new Set() },
    );
    const expected = /Signature=([0-9a-f]{64})$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
    if (expected === '' || !timingSafeEqual(Buffer.from(expected), Buffer.from(given.signature)))
      throw new NotSignedIn('the signature does not fit the request');
    return { kind: 'iam', arn: localArn(user.id) };
  };
