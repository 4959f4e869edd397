import { UsageError } from '../usage-error.ts';
import { signRequest } from './sign-request.ts';

/** A POST with a JSON body, not yet signed. */
export interface JsonPost {
  readonly url: URL;
  readonly region: string;
  readonly body: string;
}

/** What came back. */
export interface SignedAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly json: unknown;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/**
 * Sends a signed request to a function URL.
 *
 * @param timeoutSeconds - how long to wait for the answer
 * @throws UsageError when nobody answers
 */
export const postSigned = async (post: JsonPost, timeoutSeconds: number): Promise<SignedAnswer> => {
  const { host: _, ...headers } = await signRequest({
    ...post,
    service: 'lambda',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers,
      body: post.body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, text, json: parsed(text) };
  } catch (cause) {
    const { message, cause: deeper } = cause as Error;
    const why = deeper instanceof Error && deeper.message !== '' ? deeper.message : message;
    throw new UsageError(
      `${post.url.host} could not be asked: ${why}\nIt is not known whether the request arrived; sending it again is safe.`,
      { cause },
    );
  }
};

/** An answer that is not the product's: the request did not get through to it. */
export const foreignAnswer = (
  { status, text }: SignedAnswer,
  url: URL,
  of: { readonly functionName: string; readonly what: string },
): string =>
  status === 403
    ? `AWS refused the request (403): the identity needs lambda:InvokeFunctionUrl on ${of.functionName}, ` +
      `and the URL must be of this region. AWS says: ${text.trim()}`
    : `${url.host} gave no answer of ${of.what} (HTTP ${status}): ${text.trim().slice(0, 200)}`;
