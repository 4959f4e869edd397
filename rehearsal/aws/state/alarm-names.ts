import type { SimStack } from './sim-stack.ts';

/** The alarms that the stack's tag names. */
export const alarmNames = (stack: { readonly settings: Pick<SimStack['settings'], 'tags'> }): string[] =>
  (stack.settings.tags['ami-rollout:alarms'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
