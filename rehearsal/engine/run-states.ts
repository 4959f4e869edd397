import { Cancelled } from './cancellation.ts';
import type { Flow } from './flow.ts';
import { eventsOfRetry, eventsOfVisit } from './history-events.ts';
import { bytesOf } from './payload.ts';
import { RetryPlan } from './retry-plan.ts';
import type { StateGraph, StateNode, Transition } from './state-graph.ts';
import { StatesError } from './states-error.ts';

/** Runs a flow from the first state of `graph` to its end; yields the output of the last one. */
export async function runStates(graph: StateGraph, input: unknown, flow: Flow): Promise<unknown> {
  flow.execution.flows.add(flow);
  try {
    await Promise.resolve();
    let name: string | undefined = graph.startAt;
    let data = input;
    let bytes = bytesOf(input);
    while (name !== undefined) {
      const state = graph.states.get(name);
      if (!state) throw new StatesError('States.Runtime', `There is no state '${name}'.`);
      ({ output: data, next: name, bytes } = await visit(state, data, bytes, flow));
    }
    return data;
  } finally {
    flow.execution.flows.delete(flow);
  }
}

/** A transition with the size of its output, which is the next state's input. */
type Measured = Transition & { readonly bytes: number };

/** Enters a state and leaves it again, with as many attempts as its Retry allows and its Catch at the end. */
async function visit(state: StateNode, input: unknown, inputBytes: number, flow: Flow): Promise<Measured> {
  const { execution, cancellation } = flow;
  const { statistics, services } = execution;
  const iteration = flow.item?.Index;
  await pass(flow);
  flow.at = state.name;
  execution.step({ kind: 'state-entered', state: state.name, type: state.type, inputBytes }, iteration);
  statistics.statesEntered += 1;
  services.host.onData?.(state.name, input);
  statistics.addEvents(eventsOfVisit(state.type, state.manner));
  statistics.addPayload(inputBytes, `The input of the state '${state.name}'`);

  const enteredTime = new Date().toISOString();
  const retries = new RetryPlan(state.retriers, (attempt) =>
    services.identifiers.fraction(`${execution.props.executionArn}:${iteration ?? ''}:${state.name}:${attempt}`),
  );
  for (let attempt = 0; ; attempt += 1) {
    const taskToken = state.manner === 'token' ? services.identifiers.token() : undefined;
    const context = flow.context(state.name, enteredTime, attempt, taskToken);
    try {
      const transition = await state.execute({ flow, input, context, taskToken });
      cancellation.throwIfCancelled();
      const outputBytes = transition.output === input ? inputBytes : bytesOf(transition.output);
      statistics.addPayload(outputBytes, `The output of the state '${state.name}'`);
      services.host.onData?.(state.name, transition.output);
      execution.step({ kind: 'state-exited', state: state.name, outputBytes }, iteration);
      return { ...transition, bytes: outputBytes };
    } catch (failure) {
      cancellation.throwIfCancelled();
      if (!(failure instanceof StatesError)) throw failure;
      const { name: error, message: cause } = failure;
      execution.step({ kind: 'state-failed', state: state.name, error, cause }, iteration);
      const delay = retries.delayAfter(failure);
      if (delay === undefined) return handOver(state, input, flow, failure, context);
      if (delay > 0) await cancellation.sleep(delay);
      await pass(flow);
      execution.step({ kind: 'state-retried', state: state.name, attempt: attempt + 1, error }, iteration);
      statistics.retries += 1;
      statistics.addEvents(eventsOfRetry(state.type, state.manner));
    }
  }
}

/** Gives a failed state's error to its Catch, or throws it on. */
async function handOver(
  state: StateNode,
  input: unknown,
  flow: Flow,
  failure: StatesError,
  context: Parameters<StateNode['catchers'][number]['data']['after']>[2],
): Promise<Measured> {
  const { execution } = flow;
  const catcher = state.catchers.find(({ errorEquals }) => failure.matches(errorEquals));
  if (!catcher) throw failure;
  const { next } = catcher;
  const { name: error } = failure;
  execution.step({ kind: 'state-caught', state: state.name, error, next }, flow.item?.Index);
  const output = await catcher.data.after(input, { Error: error, Cause: failure.message }, context);
  const outputBytes = bytesOf(output);
  execution.statistics.addPayload(outputBytes, `The output of the state '${state.name}'`);
  execution.step({ kind: 'state-exited', state: state.name, outputBytes }, flow.item?.Index);
  return { output, next, bytes: outputBytes };
}

/** Waits for the service's pace of transitions; ends here if the flow was stopped meanwhile. */
async function pass({ execution, cancellation }: Flow): Promise<void> {
  if (cancellation.cancelled) throw new Cancelled();
  const delay = execution.services.transitions.reserve();
  if (delay > 0) await cancellation.sleep(delay);
}
