import { isDeepStrictEqual } from 'node:util';
import { IMAGE_PARAMETER, type StackSettings } from '../../aws/state/sim-stack.ts';
import type { Rule } from '../simulated.ts';

/** What must stay; the rollback triggers may be set aside by a restore, and are compared at the end. */
const kept = ({ template, parameters, tags, capabilities, notificationArns, roleArn }: StackSettings) => {
  const { [IMAGE_PARAMETER]: _, ...others } = parameters;
  return { body: template.body, parameters: others, tags, capabilities, notificationArns, roleArn };
};

/** Rule 3, compared with the stack's settings from before the campaign. */
export const onlyTheImage: Rule = {
  number: 3,
  says: 'Only the image changes: template, other parameters, tags, capabilities, topics, triggers and role stay.',
  watch: ({ world, recordsOf }, violated) => {
    const before = new Map(world.stacks.map((stack) => [stack.id, stack.settings]));
    const compare = (): void => {
      for (const stack of world.stacks) {
        const first = before.get(stack.id);
        if (first === undefined || first === stack.settings || isDeepStrictEqual(kept(first), kept(stack.settings)))
          continue;
        violated(`more than the image of ${stack.name} has changed`);
        before.set(stack.id, stack.settings);
      }
    };
    return {
      write: compare,
      end: () => {
        compare();
        for (const stack of world.stacks) {
          const first = before.get(stack.id);
          if (stack.status.endsWith('_FAILED')) continue;
          // Triggers that are still red would undo the restore: people are told which ones to put on again.
          const told = recordsOf(stack.id).some(
            ({ status, reason }) => status === 'quarantined' && reason.includes('rollback triggers'),
          );
          if (told) continue;
          if (first && !isDeepStrictEqual(first.rollbackConfiguration, stack.settings.rollbackConfiguration))
            violated(`the rollback triggers of ${stack.name} are not as they were`);
        }
      },
    };
  },
};
