import type { World } from '../world.ts';
import { IMAGE_PARAMETER, type SimStack } from './sim-stack.ts';

/** What a stack runs and is set to run, read from the simulated AWS itself. */
export interface StackSnapshot {
  /** CloudFormation's status. */
  readonly status: string;
  /** The image parameter's value: an image id, or the SSM parameter's name. */
  readonly parameter: string | null;
  /** What the SSM-typed parameter resolved to at the last update. */
  readonly resolved: string | null;
  /** What the SSM parameter holds now. */
  readonly ssmValue: string | null;
  /** InService instances by image id. */
  readonly running: Readonly<Record<string, number>>;
}

/** Reads a stack's snapshot now. */
export const snapshot = (world: World, stack: SimStack): StackSnapshot => {
  const name = stack.imageParameterName;
  const parameter = name === undefined ? undefined : world.target(stack.account, stack.region).parameters.get(name);
  return {
    status: stack.status,
    parameter: stack.settings.parameters[IMAGE_PARAMETER] ?? null,
    resolved: stack.settings.resolved[IMAGE_PARAMETER] ?? null,
    ssmValue: parameter?.current(Date.now())?.value ?? null,
    running: stack.group.running(),
  };
};

/** Whether any instance of the stack ever ran the image. */
export const held = (stack: SimStack, image: string): boolean => stack.group.held.has(image);
