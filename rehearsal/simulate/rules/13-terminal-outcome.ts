import { snapshot } from '../../aws/state/snapshot.ts';
import type { Rule } from '../simulated.ts';
import { drillsGoBack } from './drills-go-back.ts';

/** Rule 13: every campaign ends, and the simulated stacks are as its outcome and their records say. */
export const terminalOutcome: Rule = {
  number: 13,
  says: 'Any abort or crash at any point ends in a terminal outcome.',
  watch: (simulated, violated) => {
    const { world, campaigns, recordsIn, recordsOf, run } = simulated;
    const drills = drillsGoBack(simulated, violated);
    const foreign = new Set(run.scenarioWorld.images.foreign.values());
    return {
      ...drills,
      end: () => {
        drills.end();
        if (run.engine.isRunning) violated('an execution was still running when everything had ended');
        for (const { campaignId, outcome, phase } of campaigns.values()) {
          if (outcome === null) violated(`${campaignId} has no outcome, it is ${phase}`);
          for (const { stackId, stackName, status, previous, image } of recordsIn(campaignId)) {
            const stack = world.stackById.get(stackId);
            if (outcome === 'RESTORED' && (status === 'done' || status === 'failed' || status === 'quarantined'))
              violated(`${campaignId} is RESTORED and ${stackName} is ${status}`);
            // Only the last who has worked on a stack can say how it is.
            const last = stack?.operations.at(-1);
            if (
              stack === undefined ||
              last?.ours === false ||
              foreign.has(stack.image) ||
              recordsOf(stackId).length > 1
            )
              continue;
            const now = snapshot(world, stack);
            const images = Object.keys(now.running);
            if (
              status === 'done' &&
              outcome === 'PROMOTED' &&
              (stack.image !== image || images.some((one) => one !== image))
            )
              violated(`${stackName} is done and has ${stack.image}, running ${images.join(', ')}`);
            if (status !== 'restored' || previous === null) continue;
            if (now.parameter !== previous.parameterValue || stack.image !== previous.image)
              violated(`${stackName} is restored and has ${stack.image}, before it had ${previous.image}`);
            // Instances may have been older than what the stack was set to.
            if (images.some((one) => previous.running[one] === undefined && one !== previous.image))
              violated(`${stackName} is restored and runs ${images.join(', ')}`);
          }
        }
      },
    };
  },
};
