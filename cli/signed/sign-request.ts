import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { UsageError } from '../usage-error.ts';

/** A POST with a JSON body, not yet signed. */
export interface JsonPost {
  readonly url: URL;
  readonly region: string;
  readonly body: string;
}

const credentials = defaultProvider();

/** Credentials as every AWS tool finds them, or what to do where there are none. */
const findCredentials = async () => {
  try {
    return await credentials();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `no usable AWS credentials: ${why}\nLog in (\`aws sso login\`), choose a profile (AWS_PROFILE), or set the AWS_… variables.`,
      { cause },
    );
  }
};

/**
 * Signs a request to a function URL with IAM authorization (Signature Version 4, service `lambda`); gives its headers.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const signRequest = async ({ url, region, body }: JsonPost): Promise<Record<string, string>> => {
  const signer = new SignatureV4({ service: 'lambda', region, credentials: findCredentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  return headers;
};
