import { OpenAPIHono } from '@hono/zod-openapi';
import type { ConsoleEnv } from '../env.ts';
import { problem } from '../problem.ts';

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

const named = (issue: Issue): { field: string; message: string }[] => {
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({
      field: [...issue.path, key].map(String).join('.'),
      message: 'is unknown here',
    }));
  return [{ field: issue.path.map(String).join('.') || 'body', message: issue.message }];
};

/** A router whose routes refuse what does not fit their schemas, naming every field. */
export const router = (): OpenAPIHono<ConsoleEnv> =>
  new OpenAPIHono<ConsoleEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const errors = (result.error.issues as readonly Issue[]).flatMap(named);
      return problem(c, 400, errors.map(({ field, message }) => `${field} ${message}`).join('; '), errors);
    },
  });
