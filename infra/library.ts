/**
 * What another CDK app imports: `import { AmiRollout } from 'ami-rollout'`.
 *
 * @packageDocumentation
 */
export { AmiRollout, type AmiRolloutProps } from './constructs/ami-rollout.ts';
export { bundledCode, stubCode, type HandlerCode } from './constructs/handler-code.ts';
export type { HandlerName } from './handlers.ts';
export { HubStack, type HubStackProps } from './hub-stack.ts';
export { addSpokes } from './add-spokes.ts';
export { SpokeStack, type SpokeStackProps } from './spoke-stack.ts';
export { spokes, type Spoke } from './spokes.ts';
export { ConfigurationError, defineRollout, mergeConfiguration, parseConfiguration, rolloutSchema } from './config.ts';
export type { RolloutInput } from './config.ts';
export type * from '../domain/configuration.ts';
export type { Target } from '../domain/target.ts';
export type { GateAnswer, GatePending, GateQuestion } from '../domain/gates/gate-function.ts';
