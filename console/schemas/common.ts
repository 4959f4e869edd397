import * as z from '../zod.ts';
import { stackStatuses } from '../../domain/words.ts';
import { problemSchema } from '../problem.ts';

/** A text of one line or more that people write, kept in the audit trail. */
export const reason = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty: it is kept in the audit trail')
  .max(1000, 'must have at most 1000 characters')
  .openapi({ example: 'canaries healthy for an hour' });

export const ringName = z
  .string('must be the name of a ring')
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be the name of a ring, such as canary')
  .openapi({ example: 'canary' });

export const familyName = z
  .string("must be a family's name")
  .regex(/^[\w.-]{1,64}$/, "must be a family's name, such as al2023-base")
  .openapi({ example: 'al2023-base' });

export const imageIdText = z
  .string('must be an AMI id such as ami-0123456789abcdef0')
  .regex(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, 'must be an AMI id such as ami-0123456789abcdef0')
  .openapi({ example: 'ami-0123456789abcdef0' });

export const regionName = z
  .string('must be a region such as eu-west-1')
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1')
  .openapi({ example: 'eu-west-1' });

/** The id in a path; an execution's name. */
export const campaignParams = z.object({
  id: z
    .string()
    .regex(/^[\w.-]{1,80}$/, 'must be the id of a campaign')
    .openapi({ param: { name: 'id', in: 'path' }, example: 'ami-0123456789abcdef0-3f2c9a6e1b2d' }),
});

/** A whole number in a query. */
export const wholeNumber = (from: number, to: number, standard: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .pipe(z.int().min(from, `must be at least ${from}`).max(to, `must be at most ${to}`))
    .default(standard)
    .openapi({ type: 'integer', minimum: from, maximum: to, default: standard });

/** How many at once, and from where. */
export const paging = {
  limit: wholeNumber(1, 200, 50),
  cursor: z
    .string()
    .regex(/^[\w:-]{1,2000}$/, 'is none of this list; leave it out to begin at the first page')
    .optional()
    .openapi({ description: '`next` of the page before; leave it out for the first page.' }),
};

/** A moment or a day in a query; given on as ISO 8601 in UTC. */
export const since = z
  .string()
  .refine(
    (text) =>
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) &&
      !Number.isNaN(Date.parse(text)),
    'must be a day such as 2026-11-01, or a time such as 2026-11-01T06:00:00Z',
  )
  .transform((text) => new Date(text).toISOString())
  .openapi({ type: 'string', example: '2026-11-01' });

/** A closed set of query parameters: a typing error must not look like an answer to the question. */
export const query = <S extends z.core.$ZodLooseShape>(shape: S) => z.strictObject(shape);

export const stackStatus = z.enum(stackStatuses);
export const countsSchema = z.object(
  Object.fromEntries(stackStatuses.map((status) => [status, z.int()])) as Record<
    (typeof stackStatuses)[number],
    z.ZodInt
  >,
);

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const failed = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** An answer with a body. */
export const answers = json;

/** A body that must be given, as JSON. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** The problems that every route may answer with. */
export const problems = {
  400: failed('Something in the request is wrong; `errors` names each field.'),
  401: failed('Nobody we know has signed the request.'),
  403: failed('The configuration does not give this permission.'),
  503: failed('AWS refuses or cannot be reached just now; try again.'),
} as const;

/** Of routes about one thing. */
export const notFound = { 404: failed('There is no such thing.') } as const;
/** Of routes that change something. */
export const conflict = {
  409: failed('The state of the campaign does not allow it; `detail` says why. Nothing was changed.'),
  413: failed('The body is larger than 16 KiB.'),
  415: failed('The body is not declared as application/json.'),
} as const;

/** The header that makes repetitions of a start one start. */
export const idempotencyKey = z.object({
  'idempotency-key': z
    .string('must be given: a text of your own, the same for each repetition of one start')
    .regex(/^[\x21-\x7e]{8,128}$/, 'must have 8 to 128 visible ASCII characters, such as a UUID')
    .openapi({ example: '0b7f6a3e-1f5d-4b43-9a5e-0f4b6f3a2c11' }),
});
