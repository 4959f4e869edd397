import type { AslState } from './asl.ts';
import type { EngineServices } from './services.ts';
import { StatesError } from './states-error.ts';

/** How a Task does its work, read from its Resource. */
export interface Integration {
  /** The result is what somebody completes the task's token with, not what the call returns. */
  readonly waitsForToken: boolean;
  readonly call: (payload: unknown, services: EngineServices) => Promise<unknown>;
}

const FUNCTION = /^arn:[^:]+:lambda:/;
const INVOKE = /^arn:[^:]+:states:::lambda:invoke(\.waitForTaskToken)?$/;
const START = /^arn:[^:]+:states:::states:startExecution(\.waitForTaskToken)?$/;

/** The integration that a state names; throws on one that the rehearsal does not model. */
export function integrationOf(name: string, state: AslState): Integration {
  const resource = state.Resource ?? '';
  if (FUNCTION.test(resource)) {
    return { waitsForToken: false, call: (payload, services) => invoke(services, resource, payload) };
  }
  const waitsForToken = resource.endsWith('.waitForTaskToken');
  if (INVOKE.test(resource)) return { waitsForToken, call: lambdaInvoke };
  if (START.test(resource)) return { waitsForToken, call: startExecution };
  throw new Error(`state '${name}': the engine does not model the resource '${resource}'`);
}

async function lambdaInvoke(payload: unknown, services: EngineServices): Promise<unknown> {
  const { FunctionName, Payload = {} } = payload as { FunctionName: string; Payload?: unknown };
  const result = await invoke(services, FunctionName, Payload);
  return { ExecutedVersion: '$LATEST', Payload: result ?? null, StatusCode: 200 };
}

async function startExecution(payload: unknown, services: EngineServices): Promise<unknown> {
  await Promise.resolve();
  const { StateMachineArn, Name, Input } = payload as { StateMachineArn: string; Name?: string; Input?: unknown };
  try {
    const started = services.startExecution({
      stateMachineArn: StateMachineArn,
      ...(Name !== undefined && { name: Name }),
      input: Input ?? {},
    });
    return { ExecutionArn: started.executionArn, StartDate: new Date(started.startDate).toISOString() };
  } catch (error) {
    const { name, message } = error as Error;
    throw new StatesError(`StepFunctions.${name}Exception`, message);
  }
}

async function invoke(services: EngineServices, functionArn: string, payload: unknown): Promise<unknown> {
  try {
    return await services.host.invokeFunction(functionArn, payload);
  } catch (error) {
    throw functionFailure(error);
  }
}

/** The error of a function as Step Functions reports it: the cause is Lambda's error object as text. */
function functionFailure(error: unknown): StatesError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const isService = /^(Lambda|States)\./.test(name);
  return new StatesError(
    name,
    isService ? message : JSON.stringify({ errorType: name, errorMessage: message, trace: [] }),
  );
}
