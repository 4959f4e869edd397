import type { Rule } from '../simulated.ts';

/** Rule 10: the moment a record says done, every instance of the simulated group must run the image. */
export const doneIsRunning: Rule = {
  number: 10,
  says: 'UPDATE_COMPLETE is not done: done is every InService instance on the new image.',
  watch: ({ world }, violated) => ({
    record: ({ stackId, stackName, status, image }, before) => {
      if (status !== 'done' || before?.status === 'done') return;
      const stack = world.stackById.get(stackId);
      const others = (stack?.group.instances ?? []).filter(
        ({ lifecycle, imageId }) => lifecycle === 'InService' && imageId !== image,
      );
      if (others.length > 0) violated(`${stackName} is done with ${others.length} instances on another image`);
    },
  }),
};
