import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stubCode } from '../../infra/constructs/handler-code.ts';
import { HubStack } from '../../infra/hub-stack.ts';
import { SpokeStack } from '../../infra/spoke-stack.ts';
import { featureFlags } from '../../infra/feature-flags.ts';
import { configurationWith } from './deployed.ts';

const outdir = mkdtempSync(join(tmpdir(), 'ami-rollout-nag-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The findings of a synthesis, as the CDK reports them. */
const findings = (name: string, build: (app: App) => void): readonly string[] => {
  const app = new App({ outdir: join(outdir, name), context: featureFlags(), builtinCloudFormationValidation: false });
  build(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
  } catch {
    // Findings end the synthesis; they are in the report.
  }
  const report = JSON.parse(readFileSync(join(outdir, name, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string; violatingConstructs?: { constructPath: string }[] }[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) =>
    violations.map(
      ({ ruleName, violatingConstructs = [] }) =>
        `${ruleName} ${violatingConstructs.map((one) => one.constructPath).join()}`,
    ),
  );
};

describe('cdk-nag', () => {
  const configuration = configurationWith({
    costs: { monthlyBudgetUsd: 50 },
    notifications: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } },
    console: { oidc: { issuer: 'https://id.example.com', audiences: ['ami-rollout'], clientId: 'pages' } },
    gates: {
      scanProviders: ['existing', 'instance'],
      custom: [{ name: 'Load test', stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:load' }],
    },
    targets: { organization: { id: 'o-a1b2c3d4e5', units: ['ou-ab12-workload'], regions: ['eu-west-1'] } },
  });

  it('finds nothing in the hub that has no reason', () => {
    expect(findings('hub', (app) => new HubStack(app, 'ami-rollout', { configuration, code: stubCode }))).toEqual([]);
  });

  it('finds nothing in a spoke that has no reason', () => {
    expect(
      findings('spoke', (app) => new SpokeStack(app, 'spoke', { configuration, roleRegion: 'eu-west-1' })),
    ).toEqual([]);
  });

  it('would find something', () => {
    const found = findings('worse', (app) => {
      new Bucket(new HubStack(app, 'ami-rollout', { configuration, code: stubCode }), 'Open');
    });
    expect(found.join()).toContain('AwsSolutions-S1');
  });
});
