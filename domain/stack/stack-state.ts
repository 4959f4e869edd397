import type { PlannedStack } from '../../contracts/shapes.ts';
import type { StackFacts } from '../ports/stacks.ts';

/** What the stack's image parameter says now; null where the stack has no such parameter any more. */
export interface CurrentImage {
  /** The parameter's value: an image id, or the SSM parameter's name. */
  readonly parameterValue: string;
  /** The image in use: the value itself, or what it resolved to at the last update. */
  readonly image: string;
}

export const currentImage = (stack: StackFacts, of: Pick<PlannedStack, 'parameter' | 'mode'>): CurrentImage | null => {
  const parameter = stack.parameters.find(({ name }) => name === of.parameter);
  if (!parameter) return null;
  const image = of.mode === 'ssm' ? (parameter.resolved ?? '') : parameter.value;
  return { parameterValue: parameter.value, image };
};

/** An operation is under way: CloudFormation accepts no other. */
export const isBusy = (status: string): boolean => status.endsWith('_IN_PROGRESS');

/** Statuses that a stack update can be started from. */
export const isUpdatable = (status: string): boolean =>
  [
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
  ].includes(status);

/** What to do about a stack that can neither be updated nor waited for. */
export const whyNotUpdatable = (status: string): string => {
  switch (status) {
    case 'UPDATE_ROLLBACK_FAILED':
      return 'the stack is in UPDATE_ROLLBACK_FAILED: continue its rollback, then start a campaign again';
    case 'UPDATE_FAILED':
      return 'the stack is in UPDATE_FAILED: roll it back or update it, then start a campaign again';
    case 'ROLLBACK_COMPLETE':
      return 'the stack was never created (ROLLBACK_COMPLETE): delete it and create it again';
    default:
      return `the stack is in ${status}, from which no update can start`;
  }
};
