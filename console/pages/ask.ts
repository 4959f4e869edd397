import type * as z from '../zod.ts';
import type { Caller } from '../../domain/access/caller.ts';
import type { SeenStacks } from '../../domain/operating/seen-stacks.ts';
import { api } from '../api.ts';
import { NotSignedIn } from '../auth/identify.ts';
import { answerError } from '../answer-error.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError, problemSchema } from '../problem.ts';

/** What a page sends beside the path. */
interface Sent {
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the API for somebody who has signed in: what a page shows and does is what the API says and allows. */
export type Ask = <T extends z.ZodType>(caller: Caller, path: string, schema: T, sent?: Sent) => Promise<z.output<T>>;

/** The API in this process; its callers are known by their requests, which nobody outside can make. */
export const askApi = (ports: ConsolePorts, seen: SeenStacks, onError: (error: Error, path: string) => void): Ask => {
  const callers = new WeakMap<Request, Caller>();
  const routes = api(
    ports,
    (c) => {
      const caller = callers.get(c.req.raw);
      return caller ? Promise.resolve(caller) : Promise.reject(new NotSignedIn('sign in'));
    },
    seen,
  );
  routes.onError(answerError(onError));
  return async (caller, path, schema, sent) => {
    const request = new Request(`http://console.invalid${path}`, {
      method: sent ? 'POST' : 'GET',
      headers: { ...(sent ? { 'content-type': 'application/json' } : {}), ...sent?.headers },
      ...(sent ? { body: JSON.stringify(sent.body) } : {}),
    });
    callers.set(request, caller);
    const response = await routes.fetch(request, {});
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const { status, detail, errors } = problemSchema.parse(answer);
    throw new ProblemError(status as ProblemError['status'], detail, errors);
  };
};
