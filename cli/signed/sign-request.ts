import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { UsageError } from '../usage-error.ts';

/** A request that is not yet signed. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
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
 * Signs a request to API Gateway with IAM authorization (Signature Version 4); gives its headers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export const signRequest = async (request: UnsignedRequest): Promise<Record<string, string>> => {
  const { method, url, region, headers, body } = request;
  const signer = new SignatureV4({ service: 'execute-api', region, credentials: findCredentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    ...(body === null ? {} : { body }),
  });
  return signed.headers;
};
