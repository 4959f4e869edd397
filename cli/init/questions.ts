import { rolloutSchema } from '../../infra/config.ts';
import { type Answers, listOf } from './answers.ts';
import { identityOf } from './person.ts';

/** One question of `ami-rollout init`, which is an option of the same name. */
export interface Question {
  readonly name: keyof Answers;
  /** What stands for the answer in the help. */
  readonly value: string;
  readonly asks: string;
  /** What is taken if nothing is said, from the answers before; null where there must be one. */
  readonly fallback: (earlier: Partial<Answers>) => string | null;
  /** What is wrong with an answer; undefined where nothing is. */
  readonly check: (text: string) => string | undefined;
}

const { hub, notifications } = rolloutSchema.shape;
const { region } = hub.shape;

interface Checks {
  readonly safeParse: (value: unknown) => {
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
}

/** The file wants it in quotes, which nobody types here. */
const account: Checks = {
  safeParse: (value) =>
    hub.shape.account.safeParse(value).success
      ? {}
      : { error: { issues: [{ message: 'must be an id of 12 digits' }] } },
};

/** By the configuration's own rule. */
const wrongWith = (rule: Checks, text: string): string | undefined => {
  const [issue] = rule.safeParse(text).error?.issues ?? [];
  return issue === undefined ? undefined : `${text === '' ? 'it' : text} ${issue.message}`;
};

const firstWrong = (texts: readonly string[], check: (text: string) => string | undefined): string | undefined =>
  texts.map(check).find((wrong) => wrong !== undefined);

const each =
  (rule: Checks, least: number, noun: string) =>
  (text: string): string | undefined => {
    const parts = listOf(text);
    if (parts.length < least) return `name at least ${least === 1 ? `one ${noun}` : `two ${noun}s`}`;
    return firstWrong(parts, (part) => wrongWith(rule, part));
  };

const emails: Checks = {
  safeParse: (value) => notifications.safeParse({ emails: [value] }),
};

const families: Checks = {
  safeParse: (value) => rolloutSchema.shape.families.safeParse({ [String(value)]: {} }),
};

/** The questions in their order; later ones may fall back to what earlier ones were told. */
export const questions: readonly Question[] = [
  {
    name: 'accounts',
    value: 'ids',
    asks: 'Accounts whose stacks are moved (12 digits each, separated by commas)',
    fallback: () => null,
    check: each(account, 1, 'account'),
  },
  {
    name: 'regions',
    value: 'names',
    asks: 'Regions, each used in each account',
    fallback: () => process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? null,
    check: each(region, 1, 'region'),
  },
  {
    name: 'hub',
    value: 'account/region',
    asks: 'The hub, account and region that ami-rollout itself runs in',
    fallback: ({ accounts = '', regions = '' }) => `${listOf(accounts)[0] ?? ''}/${listOf(regions)[0] ?? ''}`,
    check: (text) => {
      const [one = '', other = '', ...more] = text.split('/');
      if (more.length > 0 || other === '') return 'must be account/region, such as 111122223333/eu-west-1';
      return wrongWith(account, one) ?? wrongWith(region, other);
    },
  },
  {
    name: 'family',
    value: 'names',
    asks: 'Families of images (what the tag ami-rollout:family says on images and stacks)',
    fallback: () => 'al2023-base',
    check: each(families, 1, 'family'),
  },
  {
    name: 'canary',
    value: 'percent',
    asks: 'Stacks of the canary ring, in percent',
    fallback: () => '5',
    check: (text) => {
      const percent = Number(text);
      return Number.isInteger(percent) && percent >= 1 && percent <= 99 ? undefined : 'must be a whole number, 1 to 99';
    },
  },
  {
    name: 'people',
    value: 'names',
    asks: 'People who approve, at least two: user names at IAM Identity Center (or id=ARN)',
    fallback: () => null,
    check: (text) => {
      const people = listOf(text);
      if (people.length < 2) return 'name at least two: nobody approves what they have started';
      const given = people.map((person) => identityOf(person, '111122223333'));
      const { error } = rolloutSchema.shape.people.safeParse(given.map(({ id, iam }) => ({ id, iam: [iam] })));
      const [issue] = error?.issues ?? [];
      return (
        issue && `${people[Number(issue.path[0] ?? 0)] ?? text}: ${issue.path.slice(1).join('.')} ${issue.message}`
      );
    },
  },
  {
    name: 'mail',
    value: 'addresses',
    asks: 'Mail addresses that are told of approvals and outcomes (may be empty)',
    fallback: () => '',
    check: each(emails, 0, 'address'),
  },
];
