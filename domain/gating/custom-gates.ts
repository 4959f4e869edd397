import { judgeCustomAnswers, type CustomAnswer } from '../gates/custom-gates.ts';
import type { Ports } from '../ports/index.ts';
import { recordVerdict } from '../store/verdicts.ts';
import type { GateTask } from './gated-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions'>;

/** The use case behind Custom Gates: all of them at once, each with its own time limit. */
export const customGates = (ports: Needs) => async (task: GateTask) => {
  const answers = await Promise.all(
    ports.configuration().gates.custom.map(async ({ name, functionArn, timeoutSeconds }): Promise<CustomAnswer> => {
      try {
        const { campaignId, image, category } = task;
        return {
          name,
          answer: await ports.functions.call(functionArn, { campaignId, image, category }, timeoutSeconds),
        };
      } catch (error) {
        return { name, error };
      }
    }),
  );
  return recordVerdict(
    ports,
    task.campaignId,
    judgeCustomAnswers(ports.configuration().gates.custom, answers, ports.clock.now()),
  );
};
