import type { Rule } from '../simulated.ts';

/** Rule 4: at the moment of a restore's write, the simulated stack must have an image of ours. */
export const restoreCompares: Rule = {
  number: 4,
  says: 'Restore is compare-and-set: a stack that no longer has our image is not touched.',
  watch: ({ world, run, record }, violated) => {
    const foreign = new Set(run.scenarioWorld.images.foreign.values());
    return {
      write: ({ direction, stacks, idle, call, campaignId }) => {
        if (direction !== 'restore' || idle) return;
        for (const stack of stacks) {
          if (foreign.has(stack.image) && call.operation === 'UpdateStack')
            violated(`${call.operation} of ${stack.name} although somebody else has moved it to ${stack.image}`);
          const value = (call.input as { Value?: string }).Value;
          const held = stack.imageParameterName;
          const current =
            held === undefined
              ? undefined
              : world.target(stack.account, stack.region).parameters.get(held)?.current(Date.now())?.value;
          if (call.operation === 'PutParameter' && current !== undefined && foreign.has(current))
            violated(`SSM parameter ${held} was overwritten although somebody else has set it`);
          if (call.operation === 'PutParameter' && value !== undefined && foreign.has(value))
            violated(`SSM parameter ${held} was set to somebody else's image`);
          const one = campaignId === undefined ? undefined : record(campaignId, stack.id);
          if (call.operation !== 'UpdateStack' || one?.previous == null) continue;
          if (stack.image !== one.image && stack.image !== one.previous.image)
            violated(`${stack.name} has ${stack.image}, neither our image nor its previous one, and was written`);
        }
      },
    };
  },
};
