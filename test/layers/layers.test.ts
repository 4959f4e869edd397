import { describe, expect, it } from '@jest/globals';
import { violationsOf, type Import, type Violation } from './project.ts';

/** Every arrow as drawn: what a layer may import. */
const drawn: readonly Import[] = [
  ['contracts/a.ts', 'contracts/shapes.ts'],
  ['contracts/a.ts', 'zod/mini'],
  ['domain/a.ts', 'contracts/shapes.ts'],
  ['domain/a.ts', 'domain/configuration.ts'],
  ['domain/a.ts', 'zod/mini'],
  ['domain/a.ts', 'node:crypto'],
  ['domain/template/a.ts', 'yaml'],
  ['domain/windows/a.ts', 'croner'],
  ['adapters/a.ts', 'domain/ports/images.ts'],
  ['adapters/a.ts', 'contracts/shapes.ts'],
  ['adapters/a.ts', '@aws-sdk/client-ec2'],
  ['adapters/a.ts', 'node:fs'],
  ['handlers/a.ts', 'adapters/b.ts'],
  ['handlers/a.ts', 'domain/b.ts'],
  ['handlers/a.ts', 'contracts/b.ts'],
  ['handlers/a.ts', 'handlers/runtime/logger.ts'],
  ['handlers/a.ts', '@middy/core'],
  ['statemachines/a.ts', 'contracts/b.ts'],
  ['statemachines/a.ts', 'domain/configuration.ts'],
  ['statemachines/a.ts', 'domain/configuration/ring.ts'],
  ['statemachines/a.ts', 'aws-cdk-lib/aws-stepfunctions'],
  ['infra/a.ts', 'statemachines/b.ts'],
  ['infra/a.ts', 'contracts/b.ts'],
  ['infra/a.ts', 'domain/configuration.ts'],
  ['infra/a.ts', 'aws-cdk-lib'],
  ['infra/app.ts', 'rollout.config.ts'],
  ['rollout.config.ts', 'infra/config.ts'],
  ['rehearsal/a.ts', 'handlers/b.ts'],
  ['rehearsal/a.ts', 'adapters/b.ts'],
  ['rehearsal/a.ts', 'statemachines/b.ts'],
  ['rehearsal/a.ts', 'infra/config.ts'],
  ['rehearsal/a.ts', 'infra/synthesize.ts'],
  ['rehearsal/a.ts', 'aws-local-stepfunctions'],
  ['cli/a.ts', 'rehearsal/b.ts'],
  ['cli/a.ts', 'contracts/b.ts'],
  ['cli/a.ts', 'domain/template/inspect.ts'],
  ['cli/a.ts', 'infra/config.ts'],
  ['cli/a.ts', 'adapters/aws/stacks.ts'],
  ['cli/a.ts', 'domain/planning/take-inventory.ts'],
  ['cli/a.ts', 'commander'],
  ['console/a.ts', 'domain/b.ts'],
  ['console/a.ts', 'contracts/b.ts'],
  ['console/a.ts', 'node:crypto'],
  ['console/a.ts', 'hono'],
  ['console/local/a.ts', 'rehearsal/b.ts'],
  ['console/local/a.ts', 'adapters/b.ts'],
  ['console/local/a.ts', 'infra/config.ts'],
  ['handlers/a.ts', 'console/b.ts'],
  ['test/a.test.ts', 'infra/hub-stack.ts'],
];

/** For every arrow one import in the wrong direction, and the rule that has to name it. */
const planted: readonly Violation[] = [
  ['contracts', 'contracts/a.ts', 'zod'],
  ['contracts', 'contracts/a.ts', 'domain/b.ts'],
  ['contracts', 'contracts/a.ts', 'statemachines/b.ts'],
  ['contracts', 'contracts/a.ts', 'node:crypto'],
  ['domain', 'domain/a.ts', 'adapters/b.ts'],
  ['domain', 'domain/a.ts', 'handlers/b.ts'],
  ['domain', 'domain/a.ts', 'infra/names.ts'],
  ['domain', 'domain/a.ts', 'statemachines/b.ts'],
  ['domain', 'domain/a.ts', 'rehearsal/b.ts'],
  ['domain', 'domain/a.ts', '@aws-sdk/client-ec2'],
  ['domain', 'domain/a.ts', 'yaml'],
  ['domain', 'domain/a.ts', 'zod'],
  ['domain', 'domain/a.ts', 'node:fs'],
  ['domain', 'domain/a.ts', 'croner'],
  ['domain-windows', 'domain/windows/a.ts', 'node:fs'],
  ['domain-windows', 'domain/windows/a.ts', 'yaml'],
  ['domain-template', 'domain/template/a.ts', 'node:fs'],
  ['domain-template', 'domain/template/a.ts', 'adapters/b.ts'],
  ['adapters', 'adapters/a.ts', 'handlers/b.ts'],
  ['adapters', 'adapters/a.ts', 'infra/names.ts'],
  ['adapters', 'adapters/a.ts', 'rehearsal/b.ts'],
  ['handlers', 'handlers/a.ts', 'infra/names.ts'],
  ['handlers', 'handlers/a.ts', 'statemachines/b.ts'],
  ['handlers', 'handlers/a.ts', 'rehearsal/b.ts'],
  ['handlers', 'handlers/a.ts', 'cli/b.ts'],
  ['no-build-tools-in-lambda', 'domain/a.ts', 'aws-cdk-lib'],
  ['no-build-tools-in-lambda', 'adapters/a.ts', 'aws-cdk-lib'],
  ['no-build-tools-in-lambda', 'handlers/a.ts', 'aws-cdk-lib'],
  ['no-build-tools-in-lambda', 'console/a.ts', 'aws-cdk-lib'],
  ['statemachines', 'statemachines/a.ts', 'domain/records/campaign.ts'],
  ['statemachines', 'statemachines/a.ts', 'infra/names.ts'],
  ['statemachines', 'statemachines/a.ts', 'handlers/b.ts'],
  ['infra', 'infra/a.ts', 'handlers/b.ts'],
  ['infra', 'infra/a.ts', 'adapters/b.ts'],
  ['infra', 'infra/a.ts', 'rehearsal/b.ts'],
  ['infra', 'infra/a.ts', 'cli/b.ts'],
  ['configuration', 'rollout.config.ts', 'domain/configuration.ts'],
  ['rehearsal', 'rehearsal/a.ts', 'infra/hub-stack.ts'],
  ['rehearsal', 'rehearsal/a.ts', 'infra/app.ts'],
  ['cli', 'cli/a.ts', 'infra/hub-stack.ts'],
  ['cli', 'cli/a.ts', 'adapters/table/b.ts'],
  ['cli', 'cli/a.ts', 'domain/planning/discover.ts'],
  ['cli', 'cli/a.ts', 'domain/store/campaigns.ts'],
  ['cli', 'cli/a.ts', 'handlers/b.ts'],
  ['console', 'console/a.ts', 'infra/names.ts'],
  ['console', 'console/a.ts', 'rehearsal/b.ts'],
  ['console', 'console/a.ts', 'adapters/b.ts'],
  ['console', 'console/a.ts', 'console/local/b.ts'],
  ['console-local', 'console/local/a.ts', 'infra/hub-stack.ts'],
  ['console-local', 'console/local/a.ts', 'cli/b.ts'],
  ['handlers', 'handlers/a.ts', 'console/local/b.ts'],
  ['tests-are-leaves', 'rehearsal/a.ts', 'test/factories.ts'],
  ['tests-are-leaves', 'console/a.ts', 'scripts/test.ts'],
];

const withoutRule = ([, ...line]: Violation): Import => line;
const sorted = (violations: readonly Violation[]): readonly string[] =>
  violations.map(([rule, from, to]) => `${rule}: ${from} → ${to.replace(/^node:/, '')}`).sort();

describe('the layer rules', () => {
  it('say nothing against the arrows that are drawn', () => {
    expect(violationsOf(drawn)).toEqual([]);
  });

  it('catch an import against each arrow', () => {
    const found = violationsOf(planted.map(withoutRule));
    expect(sorted(found)).toEqual(expect.arrayContaining(sorted(planted) as string[]));
  });

  it('count an import of types as an import', () => {
    expect(violationsOf([], [['statemachines/a.ts', 'domain/records/campaign.ts']])).toEqual([
      ['statemachines', 'statemachines/a.ts', 'domain/records/campaign.ts'],
    ]);
  });

  it('catch a circle, unless types alone close it', () => {
    const there: Import = ['domain/a.ts', 'domain/b.ts'];
    const back: Import = ['domain/b.ts', 'domain/a.ts'];
    expect(violationsOf([there, back])).toEqual([['no-circles', ...there]]);
    expect(violationsOf([there], [back])).toEqual([]);
  });
});
