import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import rollout from '../rollout.config.ts';
import { parseConfiguration } from './config.ts';
import { bundledCode, stubCode } from './constructs/handler-code.ts';
import { HubStack } from './hub-stack.ts';
import { product } from './names.ts';
import { spokes } from './spokes.ts';
import { SpokeStack } from './spoke-stack.ts';

// The app that `cdk` runs: the hub, and the spoke of every target in rollout.config.ts.
const configuration = parseConfiguration(rollout);
const app = new App();
// `cdk diff -c bundle=false` compares without building the handlers.
const bundles = app.node.tryGetContext('bundle') !== 'false';
new HubStack(app, product, {
  configuration,
  code: bundles ? bundledCode(configuration, join(app.assetOutdir, 'handlers')) : stubCode,
});
// `-c spokes=false`: for many accounts, roll out the template of infra/write-spoke-template.ts as a StackSet instead.
const targets = app.node.tryGetContext('spokes') === 'false' ? [] : spokes(configuration);
for (const { account, region, roleRegion } of targets) {
  new SpokeStack(app, `${product}-spoke-${account}-${region}`, {
    env: { account, region },
    configuration,
    roleRegion,
  });
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
