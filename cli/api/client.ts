import { UsageError } from '../usage-error.ts';
import { connectionOf, type Connection, type ConnectionOptions } from './connection.ts';
import { signRequest } from '../signed/sign-request.ts';

/** The API refused; the message is its own and written for the user. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is sent beside method and path. */
export interface Sent {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API, as commands use it. */
export interface Client {
  /** Throws ApiError where the API says no, UsageError where it cannot be asked. */
  readonly call: <Answer>(method: 'GET' | 'POST', path: string, sent?: Sent) => Promise<Answer>;
}

/** A connection: beside JSON there are answers that are texts of their own kind. */
export interface Connected extends Client {
  readonly text: (path: string, sent?: Pick<Sent, 'query'>) => Promise<string>;
}

const timeoutMilliseconds = 40_000;

const urlOf = ({ endpoint, token }: Connection, path: string, query: Sent['query'] = {}): URL => {
  const url = new URL(`${token === null ? '/machine' : '/api'}${path}`, endpoint);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
};

const detailOf = (text: string): string | undefined => {
  try {
    const { detail, message } = JSON.parse(text) as { detail?: unknown; message?: unknown };
    return typeof detail === 'string' ? detail : typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
};

/** Who answers 403 without our words is the gateway: the request did not get through to the API. */
const refusal = (status: number, text: string, isProblem: boolean): string => {
  const detail = detailOf(text) ?? text.trim().slice(0, 200);
  return status === 403 && !isProblem
    ? `AWS refused the request (403 ${detail}): the identity needs the policy of the hub stack's output OperatorPolicyArn`
    : detail;
};

/** Connects to the API that the options, the environment or the configuration name. */
export const connect = async (options: ConnectionOptions): Promise<Connected> => {
  const connection = await connectionOf(options);
  const { token, region } = connection;
  const send = async (method: 'GET' | 'POST', path: string, { query, body, headers = {} }: Sent): Promise<string> => {
    const url = urlOf(connection, path, query);
    const text = body === undefined ? null : JSON.stringify(body);
    const own = {
      accept: 'application/json',
      ...headers,
      ...(text !== null && { 'content-type': 'application/json' }),
    };
    const { host: _, ...sent }: Record<string, string> =
      region === null
        ? { ...own, authorization: `Bearer ${token ?? ''}` }
        : await signRequest({ method, url, region, headers: own, body: text });
    let response: Response;
    let answer: string;
    try {
      response = await fetch(url, {
        method,
        headers: sent,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
        ...(text === null ? {} : { body: text }),
      });
      answer = await response.text();
    } catch (cause) {
      const { message, cause: deeper } = cause as Error;
      const why = deeper instanceof Error && deeper.message !== '' ? deeper.message : message;
      throw new UsageError(`${url.host} could not be asked: ${why}`, { cause });
    }
    if (response.ok) return answer;
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    throw new ApiError(response.status, refusal(response.status, answer, isProblem));
  };
  return {
    call: async <Answer>(method: 'GET' | 'POST', path: string, sent: Sent = {}) =>
      JSON.parse(await send(method, path, sent)) as Answer,
    text: (path, { query } = {}) => send('GET', path, { headers: { accept: '*/*' }, ...(query && { query }) }),
  };
};
