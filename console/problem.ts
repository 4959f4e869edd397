import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from './zod.ts';

/** An error as RFC 9457 has it; `errors` names each field that is wrong and how to mend it. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Bad Request' }),
    status: z.int().openapi({ example: 400 }),
    detail: z.string().openapi({ example: 'imageId must be an AMI id such as ami-0123456789abcdef0' }),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** Something that the asker can be told; thrown anywhere below a route. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: ContentfulStatusCode;
  readonly errors: Problem['errors'];

  constructor(status: ContentfulStatusCode, detail: string, errors?: Problem['errors']) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** The answer for a problem. */
export const problem = (
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  errors?: Problem['errors'],
): Response => {
  const body: Problem = {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
};
