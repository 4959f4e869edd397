import * as z from 'zod';
import type { Permission } from '../../domain/configuration/access.ts';
import { options } from './options.ts';

const list = (what: string) => z.array(z.string().min(1, 'must not be empty')).default([]).describe(what);

/** Whoever is known to the configuration may do it, unless the configuration says otherwise. */
const grant = (what: string) =>
  options({
    people: z
      .array(z.string().min(1, 'must not be empty'))
      .default(['*'])
      .describe('Ids of `people`; * stands for all of them. Default: all of them.'),
    groups: list('Groups of the identity provider. Default: none.'),
    principals: z
      .array(
        z
          .string()
          .regex(
            /^arn:aws[\w-]*:(?:iam|sts)::\d{12}:[\w+=,.@*/-]*[\w+=,.@-]+[\w+=,.@*/-]*$/,
            'must be the ARN of an IAM user, role or assumed-role session; * stands for any text after the account',
          ),
      )
      .default([])
      .describe(
        'IAM principals that are nobody of `people`, such as a pipeline; * stands for any text. Default: none.',
      ),
  })
    .prefault({})
    .describe(what);

const access = {
  read: grant('Who may look at campaigns, drift and the audit trail.'),
  start: grant('Who may start campaigns, dry runs included.'),
  approve: grant('Who may approve and reject; of these, only `people` who have not started the campaign can.'),
  halt: grant('Who may halt, resume, abort and roll back.'),
  drill: grant('Who may start a drill on a stack of drill.stacks.'),
} satisfies Record<Permission, unknown>;

/** Option `console`: the API and the pages. */
export const consoleSettings = options({
  url: z
    .url({ protocol: /^https$/, error: 'must be the https URL that the hub stack puts out as ConsoleUrl' })
    .nullable()
    .default(null)
    .describe('Where the API is reached: the output ConsoleUrl of the hub stack. Default: none; give --endpoint.'),
  oidc: options({
    issuer: z
      .url({ protocol: /^https?$/, error: 'must be the URL of the identity provider, as its tokens spell it in `iss`' })
      .describe('The OIDC identity provider, such as https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E.'),
    audiences: z
      .array(z.string().min(1, 'must not be empty'))
      .min(1, 'must name at least one audience or client id')
      .describe('Audiences or client ids, of which a token must name one.'),
    groupsClaim: z
      .string()
      .min(1, 'must not be empty')
      .default('groups')
      .describe('The claim of a token that lists the groups; Cognito calls it cognito:groups. Default: groups.'),
    clientId: z
      .string()
      .min(1, 'must not be empty')
      .nullable()
      .default(null)
      .describe(
        'The id of the pages at the provider, which sends people back to ConsoleUrl + /auth/callback. Default: null, no pages.',
      ),
  })
    .nullable()
    .default(null)
    .describe('The identity provider of people. Default: null, only signed IAM requests are answered.'),
  access: options(access).prefault({}).describe('Who may do what. Default: everybody in `people` may do everything.'),
})
  .prefault({})
  .describe('The API and the pages of operators.');
