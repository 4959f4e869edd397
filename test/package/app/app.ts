import { RolloutInPipeline } from 'ami-rollout/codepipeline';
import { addSpokes, AmiRollout, type GateAnswer, type GateQuestion, type RolloutInput } from 'ami-rollout';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import config from './rollout.config.ts';

const app = new App();
const stack = new Stack(app, 'platform', { env: config.hub });
const rollout = new AmiRollout(stack, 'Rollout', { config });
new CfnOutput(stack, 'ConsoleUrl', { value: rollout.consoleUrl });
addSpokes(app, rollout.configuration);

/** A gate of the app's own, by the exported types. */
export const licences = ({ image }: GateQuestion): GateAnswer => ({ passed: image.id !== '', reasons: [] });
export const pipelines: typeof RolloutInPipeline = RolloutInPipeline;

// Were the declarations not found, everything would be `any` and nothing here an error.
// @ts-expect-error: a region is a text
export const wrong: RolloutInput['hub'] = { account: '111122223333', region: 1 };
// @ts-expect-error: there is no such option
export const unknown: RolloutInput = { ...config, ringz: [] };
// @ts-expect-error: it is a text
export const number: number = rollout.consoleUrl;
