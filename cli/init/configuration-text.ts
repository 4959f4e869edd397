import { type Answers, listOf } from './answers.ts';
import { identityOf } from './person.ts';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;

const familyText = (
  name: string,
): string => `    // Stacks tagged ami-rollout:family=${name} follow images tagged the same way.
    ${quoted(name)}: {
      // 'self' is the hub account; images of any other account are refused.
      owners: ['self'],
      // Finds images that the build forgot to tag: they are rejected with a reason instead of being overlooked.
      // namePattern: ${quoted(`${name}-*`)},
      // What an image must say of itself. A rule may have \`values\`, a \`pattern\`, a \`type\`, and \`required: false\`.
      tags: { version: {}, environment: {}, build_id: {} },
      // Where the promoted image is to be read.
      promotionParameter: '/ami-rollout/{family}/{environment}/image',
    },`;

/** Where `defineRollout` comes from; null where it cannot be found, and the configuration stands without types. */
export type ConfigImport = string | null;

/** The text of a `rollout.config.ts`: what was answered, the defaults that matter, and what else there is, commented. */
export const configurationText = (answers: Answers, from: ConfigImport): string => {
  const [account = '', region = ''] = answers.hub.split('/');
  const people = listOf(answers.people).map((person) => identityOf(person, account));
  const emails = listOf(answers.mail);
  const [drilled = ''] = listOf(answers.accounts);
  const [place = ''] = listOf(answers.regions);
  const [family = ''] = listOf(answers.family);
  const [open, close] = from === null ? ['', ''] : ['defineRollout(', ')'];
  const head =
    from === null
      ? '// `npm install ami-rollout`, and `defineRollout` of ami-rollout/config gives these options their types.'
      : `import { defineRollout } from ${quoted(from)};`;
  return `${head}

/**
 * What is rolled out, where and how. What is left out has its default. A typo fails with its path and the option that was meant.
 * \`ami-rollout rehearse\` runs a campaign over this file in virtual time, without AWS.
 */
export default ${open}{
  // The tooling account and region that ami-rollout itself runs in.
  hub: { account: ${quoted(account)}, region: ${quoted(region)} },

  families: {
${listOf(answers.family).map(familyText).join('\n')}
  },

  // How strict the gates are, by the category that an image is tagged with (ami-rollout:category). These are the defaults.
  gates: {
    policies: {
      base: { maxAgeDays: 30, maxFindings: { critical: 0, high: 0 } },
      application: { maxAgeDays: 14, maxFindings: { critical: 0, high: 0 } },
      hotfix: { maxAgeDays: 7, maxFindings: { critical: 0, high: 5 } },
    },
    // No finished scan, no pass. 'instance' has one launched and scanned where Inspector has not scanned the image.
    // scanProviders: ['existing', 'instance'],
    // Checks of your own, by a Lambda function, a state machine or an instance of the image.
    // custom: [{ name: 'Boot test', boot: { commands: ['systemctl is-system-running --wait'] }, timeoutSeconds: 3600 }],
  },

  // Every account in every region whose stacks are moved. Each needs the spoke stack, but for the hub itself.
  targets: {
    accounts: ${list(listOf(answers.accounts))},
    regions: ${list(listOf(answers.regions))},
    // Or looked up in AWS Organizations at each campaign:
    // organization: { id: 'o-a1b2c3d4e5', units: ['ou-ab12-cdefgh34'], regions: [${quoted(region)}] },
  },

  rings: [
    // A share of the stacks, at least one; the first failure puts everything back; a person decides how it goes on.
    { name: 'canary', sharePercent: ${answers.canary}, failureBudget: 0, bakeMinutes: 30, approval: 'required' },
    // All the others; more than 5 % failed stacks put everything back.
    { name: 'full', sharePercent: null, failureBudget: { percent: 5 }, bakeMinutes: 60, approval: 'none' },
  ],

  // An approval that nobody gives expires, and everything is put back.
  approval: { expiresAfterHours: 24 },

  // Nobody approves what they have started, and an image event needs two approvers. IAM Identity Center alone sets the session
  // names of its roles; where people choose theirs, give each a role of their own. RolloutOperator is a permission set.
  people: [
${people.map(({ id, iam }) => `    { id: ${quoted(id)}, iam: [${quoted(iam)}] },`).join('\n')}
  ],

  // Each address confirms its subscription once.
  notifications: { emails: ${list(emails)} },

  // The output ConsoleUrl of the hub stack, once it is deployed: where the commands send their requests.
  // console: { url: 'https://abcdefghij.execute-api.${region}.amazonaws.com' },

  // A stack of staging that is moved and put back on purpose, so that the way back is tried in AWS; with an alarm if nobody does.
  // drill: { stacks: [{ name: 'staging-drill', account: ${quoted(drilled)}, region: ${quoted(place)}, family: ${quoted(family)} }] },
  // monitoring: { drillDays: 45 },

  // An AWS Budgets alert on what ami-rollout itself costs.
  // costs: { monthlyBudgetUsd: 50 },
}${close};
`;
};
