import { awsExecutions } from '../../adapters/aws/executions.ts';
import { awsFunctions } from '../../adapters/aws/functions.ts';
import { awsNotifications } from '../../adapters/aws/notifications.ts';
import { abort } from '../../domain/halt/abort.ts';
import { halt, type OperatorAnswer } from '../../domain/halt/halt.ts';
import { resume } from '../../domain/halt/resume.ts';
import { everything } from '../../domain/store/halts.ts';
import { ScenarioError } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

type Operation = Scenario['operations'][number];

/** What an operator asks of the product, with the product's own connections. */
const ask = async ({ do: what, scope, by, reason }: Operation, campaignId: string): Promise<OperatorAnswer> => {
  const { base, sessions } = await import('../../handlers/runtime/connections.ts');
  const { variable } = await import('../../handlers/runtime/environment.ts');
  const ports = {
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
  };
  const request = { scope: scope === 'all' ? everything : campaignId, who: by, reason, identity: by };
  return { halt, resume, abort }[what](ports)(request);
};

/** The operations of a scenario: each is done once, after its state was entered for the first time. */
export class Operations {
  readonly #waiting: Set<Operation>;
  readonly #say: (operation: Operation, message: string) => void;
  /** Operations whose time has not come yet; the run must not end before. */
  open = 0;

  constructor({ operations }: Pick<Scenario, 'operations'>, say: (operation: Operation, message: string) => void) {
    this.#waiting = new Set(operations);
    this.#say = say;
  }

  /** A state of a campaign was entered. */
  entered(campaignId: string, state: string): void {
    for (const operation of this.#waiting) {
      if (operation.state !== state) continue;
      this.#waiting.delete(operation);
      this.open += 1;
      setTimeout(() => void this.#do(operation, campaignId), operation.afterMinutes * 60_000);
    }
  }

  async #do(operation: Operation, campaignId: string): Promise<void> {
    this.open -= 1;
    const { accepted, message } = await ask(operation, campaignId);
    this.#say(operation, accepted ? message : `refused: ${message}`);
  }

  /** An operation whose state never came: whatever the run shows, it is not what the scenario asks. */
  assertAllDone(name: string): void {
    const [idle] = this.#waiting;
    if (idle) throw new ScenarioError(`${name}: operations: the campaign never came to state "${idle.state}"`);
  }
}
