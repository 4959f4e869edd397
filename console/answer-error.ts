import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { InvalidCursor } from '../domain/operating/page.ts';
import { problem, ProblemError } from './problem.ts';

const passing = new Set(['Throttled', 'ServiceUnavailable', 'RecordChanged']);

/** What the API answers to an error: what the asker can mend is told, what nobody expected goes to `onError` alone. */
export const answerError =
  (onError: (error: Error, path: string) => void) =>
  (error: Error, c: Context): Response => {
    if (error instanceof ProblemError) return problem(c, error.status, error.message, error.errors);
    if (error instanceof InvalidCursor)
      return problem(c, 400, error.message, [{ field: 'cursor', message: error.message }]);
    if (error instanceof HTTPException) return problem(c, error.status, error.message);
    if (passing.has(error.name)) {
      c.header('retry-after', '2');
      return problem(c, 503, 'AWS refuses or cannot be reached just now: try again');
    }
    onError(error, c.req.path);
    return problem(c, 500, 'something unexpected went wrong; the log of the console has it');
  };
