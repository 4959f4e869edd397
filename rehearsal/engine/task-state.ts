import type { AslState } from './asl.ts';
import { Cancelled } from './cancellation.ts';
import { DataFlow, Template } from './data-flow.ts';
import { integrationOf, type Integration } from './integration.ts';
import { overTheWire } from './payload.ts';
import type { Execute, Visit } from './state-graph.ts';
import { StatesError } from './states-error.ts';

/** A Task state: effective input, call, result; within its time limit, by its token where it waits for one. */
export function taskState(name: string, state: AslState): { execute: Execute; manner: 'plain' | 'token' } {
  const integration = integrationOf(name, state);
  const data = new DataFlow(name, state);
  const timeoutSeconds = timeoutOf(name, state);
  const execute: Execute = async (visit) => {
    const { input, context, flow } = visit;
    const { statistics } = flow.execution;
    const seconds = await timeoutSeconds(visit);
    const payload = overTheWire(await data.before(input, context));
    statistics.addPayload(payload.bytes, `The payload of the state '${name}'`);
    flow.cancellation.throwIfCancelled();
    const result = overTheWire(await work(integration, payload.value, seconds, visit));
    statistics.addPayload(result.bytes, `The result of the state '${name}'`);
    return { output: await data.after(input, result.value, context), next: state.Next };
  };
  return { execute, manner: integration.waitsForToken ? 'token' : 'plain' };
}

type TimeoutSeconds = (visit: Visit) => Promise<number | undefined>;

/** The time limit of a Task; without one, Step Functions waits for years, so there is none here. */
function timeoutOf(name: string, { TimeoutSeconds, TimeoutSecondsPath }: AslState): TimeoutSeconds {
  if (TimeoutSecondsPath === undefined) return () => Promise.resolve(TimeoutSeconds);
  const template = Template.ofPath(name, TimeoutSecondsPath);
  return async ({ input, context }) => {
    const { value } = (await template.resolve(input, context)) as { value: unknown };
    if (typeof value === 'number') return value;
    throw new StatesError('States.Runtime', `TimeoutSecondsPath of the state '${name}' is not a number.`);
  };
}

/** Calls, and waits for the first of: the result, the token, the time limit, the stop. The call itself runs on. */
async function work(
  { call, waitsForToken }: Integration,
  payload: unknown,
  timeoutSeconds: number | undefined,
  { flow, taskToken }: Visit,
): Promise<unknown> {
  const { services } = flow.execution;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const end = (error: unknown) => {
    if (taskToken !== undefined) services.tokens.close(taskToken);
    reject(error);
  };
  const stay = flow.cancellation.onCancel(() => end(new Cancelled()));
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => end(new StatesError('States.Timeout')), timeoutSeconds * 1000);
  if (taskToken !== undefined) services.tokens.open(taskToken, { succeed: resolve, fail: reject });
  call(payload, services).then((result) => {
    if (!waitsForToken) resolve(result);
  }, end);
  try {
    return await promise;
  } finally {
    stay();
    clearTimeout(timer);
  }
}
