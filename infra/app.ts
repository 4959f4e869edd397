import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import rollout from '../rollout.config.ts';
import { addSpokes } from './add-spokes.ts';
import { parseConfiguration } from './config.ts';
import { stubCode } from './constructs/handler-code.ts';
import { HubStack } from './hub-stack.ts';
import { product } from './names.ts';

// The app that `cdk` runs: the hub, and the spoke of every target in rollout.config.ts.
const configuration = parseConfiguration(rollout);
const app = new App();
// `cdk diff -c bundle=false` compares without building the handlers.
const bundles = app.node.tryGetContext('bundle') !== 'false';
new HubStack(app, product, { configuration, ...(bundles ? {} : { code: stubCode }) });
// `-c spokes=false`: for many accounts, roll out the template of infra/write-spoke-template.ts as a StackSet instead.
if (app.node.tryGetContext('spokes') !== 'false') addSpokes(app, configuration);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
