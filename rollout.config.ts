import { defineRollout } from './infra/config.ts';

/**
 * What is rolled out, where and how. Every option is described in infra/config/; what is left out has its default.
 * A typo fails at synth, with its path and the option that was meant.
 */
export default defineRollout({
  // The tooling account and region that ami-rollout itself runs in.
  hub: { account: '111122223333', region: 'eu-west-1' },

  families: {
    // Stacks tagged ami-rollout:family=al2023-base follow images tagged the same way.
    'al2023-base': {
      owners: ['self'],
      // Finds images that the build forgot to tag: they are rejected with a reason instead of being overlooked.
      namePattern: 'al2023-base-*',
      tags: {
        version: { pattern: String.raw`^\d{4}\.\d{1,2}\.\d+$` },
        environment: { values: ['production', 'staging', 'development'] },
        // The same in every region: it makes the regional copies one build.
        build_id: {},
        // Checked if present. The gates prove age and findings themselves and never take a tag's word for it.
        created_date: { required: false, type: 'date' },
        security_scan_status: { required: false, values: ['passed'] },
        test_results: { required: false, values: ['passed'] },
      },
      promotionParameter: '/ami-rollout/{family}/{environment}/image',
    },
  },

  gates: {
    policies: {
      // What everybody builds on: at most a month old, nothing critical, nothing high.
      base: { maxAgeDays: 30, maxFindings: { critical: 0, high: 0 } },
      application: { maxAgeDays: 14, maxFindings: { critical: 0, high: 0 } },
      // Made in a hurry for one defect: known high findings must not hold it up, critical ones still do.
      hotfix: { maxAgeDays: 7, maxFindings: { critical: 0, high: 5 } },
    },
  },

  // Every account in every region; `list` adds single targets.
  targets: {
    accounts: ['111122223333', '444455556666'],
    regions: ['eu-west-1', 'us-east-1'],
  },

  rings: [
    // 5 % of the stacks, at least one; the first failure puts everything back; a person decides how it goes on.
    { name: 'canary', sharePercent: 5, failureBudget: 0, bakeMinutes: 30, approval: 'required' },
    // All the others; more than 5 % failed stacks put everything back.
    { name: 'full', sharePercent: null, failureBudget: { percent: 5 }, bakeMinutes: 60, approval: 'none' },
  ],

  approval: { expiresAfterHours: 24 },

  // Nobody approves what they have started, and an image event needs two approvers: so there are at least two people.
  // IAM Identity Center alone sets the session names of its roles; where people choose theirs, give each a role of their own.
  people: [
    { id: 'ana', iam: ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_RolloutOperator_*/ana@example.com'] },
    { id: 'ben', iam: ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_RolloutOperator_*/ben@example.com'] },
  ],

  notifications: { emails: ['platform-team@example.com'] },

  // Uncomment for an AWS Budgets alert on what ami-rollout itself costs.
  // costs: { monthlyBudgetUsd: 50 },
});
