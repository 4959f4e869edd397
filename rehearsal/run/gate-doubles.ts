import type {
  DescribeExecutionCommandOutput,
  StartExecutionCommandInput,
  StartExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import type { Reply } from '../aws/call.ts';
import type { ScenarioGates } from '../scenario/scenario-schema.ts';

/** What a custom gate is called with, as far as its double looks at it. */
interface Question {
  readonly image: { readonly id: string };
  readonly callback: { readonly id: string; readonly functionArn: string };
}

export interface GateDoublesHost {
  /** Invokes a function of the product, as a gate that answers later does. */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  /** An execution of a gate's machine has ended. */
  ended(execution: { executionArn: string; stateMachineArn: string; name: string; status: string }): void;
}

/** Lambda ends a function after this time at the latest. */
const longestFunctionMinutes = 15;

const nameOf = (arn: string): string => arn.split(':')[6] ?? arn;
const minutes = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 60_000));

/** The functions and state machines that play the user's own gates, as the scenario says they behave. */
export class GateDoubles {
  readonly #gates: ScenarioGates;
  readonly #host: GateDoublesHost;
  readonly #executions = new Map<string, Reply<DescribeExecutionCommandOutput>>();

  constructor(gates: ScenarioGates, host: GateDoublesHost) {
    this.#gates = gates;
    this.#host = host;
  }

  /** Whether a function, a state machine or an execution is one of the scenario's gates. */
  plays(arn: string): boolean {
    return this.#gates[nameOf(arn)] !== undefined;
  }

  /** Lambda's answer to an invocation. */
  async invoke(arn: string, payload: string): Promise<{ payload: string; functionError?: string }> {
    const gate = this.#gates[nameOf(arn)];
    if (gate?.answer === 'hangs') {
      await minutes(longestFunctionMinutes);
      return { payload: '{"errorType":"Sandbox.Timedout"}', functionError: 'Unhandled' };
    }
    const question = JSON.parse(payload) as Question;
    if (gate?.answer === 'later' || gate?.answer === 'never') {
      if (gate.answer === 'later') setTimeout(() => void this.#callBack(question), gate.afterMinutes * 60_000);
      return { payload: '{"pending":true}' };
    }
    await minutes(gate?.afterMinutes ?? 0);
    if (gate?.answer === 'crashes')
      return { payload: '{"errorType":"TypeError","errorMessage":"x is undefined"}', functionError: 'Unhandled' };
    return { payload: JSON.stringify(this.#answer(nameOf(arn), question)) };
  }

  /** Starts an execution; its name is given once. */
  start({
    stateMachineArn = '',
    name = '',
    input = '{}',
  }: StartExecutionCommandInput): Reply<StartExecutionCommandOutput> {
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const startDate = new Date();
    const gate = this.#gates[nameOf(stateMachineArn)];
    this.#executions.set(executionArn, { executionArn, stateMachineArn, name, status: 'RUNNING', startDate });
    // A machine that never answers runs for ever.
    if (gate && gate.answer !== 'hangs' && gate.answer !== 'never')
      setTimeout(() => {
        const status = gate.answer === 'crashes' ? 'FAILED' : 'SUCCEEDED';
        const answer = this.#answer(nameOf(stateMachineArn), JSON.parse(input) as Question);
        this.#executions.set(executionArn, {
          executionArn,
          stateMachineArn,
          name,
          status,
          startDate,
          stopDate: new Date(),
          ...(status === 'SUCCEEDED'
            ? { output: JSON.stringify(answer) }
            : { error: 'States.TaskFailed', cause: 'no' }),
        });
        this.#host.ended({ executionArn, stateMachineArn, name, status });
      }, gate.afterMinutes * 60_000);
    return { executionArn, startDate };
  }

  /** How an execution stands; undefined where it is none of these. */
  describe(executionArn: string): Reply<DescribeExecutionCommandOutput> | undefined {
    return this.#executions.get(executionArn);
  }

  #answer(name: string, { image }: Question): unknown {
    const answer = this.#gates[name]?.answer;
    if (answer === 'malformed') return { passed: 'yes', reasons: 'none' };
    if (answer === 'refuses') return { passed: false, reasons: [`the login page of ${image.id} does not open`] };
    return { passed: true, reasons: [], evidence: { checks: 12 } };
  }

  async #callBack({ callback }: Question): Promise<void> {
    const answer = { callbackId: callback.id, passed: true, reasons: [], evidence: { checks: 12 } };
    try {
      await this.#host.invoke(callback.functionArn, answer);
    } catch {
      // It comes too late, or the product's function has died: the gate is told so, and has nobody else to tell.
    }
  }
}
