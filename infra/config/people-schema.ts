import * as z from 'zod';
import { autoPerson } from '../../domain/ring/auto-approval.ts';
import { matchesGlob } from '../../domain/gates/glob.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';

const person = options({
  id: z
    .string()
    .regex(/^[a-z0-9][\w.@+-]{0,63}$/i, 'must have 1 to 64 characters: letters, digits and _.@+-')
    .refine((id) => id.toLowerCase() !== 'unknown', {
      error: 'is reserved for starters that nobody is known to be; choose another',
    })
    .refine((id) => id.toLowerCase() !== autoPerson, {
      error: 'is reserved for rings that approve themselves; choose another',
    })
    .describe('How records and reports name the person.'),
  iam: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[\w-]*:(?:iam|sts)::\d{12}:[\w+=,.@*/-]*[\w+=,.@-]+[\w+=,.@*/-]*$/,
          'must be the ARN of an IAM user, role or assumed-role session; * stands for any text after the account',
        ),
    )
    .default([])
    .describe('IAM principal ARNs of the person; * stands for any text, such as a role session. Default: none.'),
  oidc: z
    .array(z.string().min(1, 'must not be empty'))
    .default([])
    .describe('Subjects of the person at the OIDC identity provider. Default: none.'),
})
  .refine(({ iam, oidc }) => iam.length + oidc.length > 0, {
    error: 'must have at least one identity in iam or oidc; without one the person can decide nothing',
  })
  .describe('A person who may start, approve and operate.');

/** Option `people`: one identity must never belong to two of them, or one human could approve twice. */
export const people = z
  .array(person)
  .superRefine((list, context) => {
    const issue = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    for (const { index, first } of repeated(list.map(({ id }) => id.toLowerCase()))) {
      issue([index, 'id'], `is the id of people[${first}] too; merge the two entries or rename one`);
    }
    for (const [index, { iam, oidc }] of list.entries()) {
      for (const earlier of list.slice(0, index)) {
        const shared = (text: string, other: string): boolean => matchesGlob(text, other) || matchesGlob(other, text);
        for (const [at, arn] of iam.entries()) {
          if (!earlier.iam.some((other) => shared(arn, other))) continue;
          issue([index, 'iam', at], `also fits ${earlier.id}; an identity must belong to one person`);
        }
        for (const [at, subject] of oidc.entries()) {
          if (!earlier.oidc.includes(subject)) continue;
          issue([index, 'oidc', at], `also belongs to ${earlier.id}; an identity must belong to one person`);
        }
      }
    }
  })
  .default([])
  .describe('People who may approve. Approvals need two of them, since nobody approves what they have started.');
