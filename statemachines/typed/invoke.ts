import { Duration } from 'aws-cdk-lib';
import { IntegrationPattern, JsonPath, TaskInput, Timeout, type TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Contract, ErrorOf, InputOf, OutputOf } from '../../contracts/contract.ts';
import { taskToken } from './context.ts';
import { fieldName } from './field-name.ts';
import { isRef, pathOf, ref, type Expr, type Ref } from './references.ts';
import { renderFields } from './render.ts';
import { retryOf } from './retry.ts';
import { Step } from './step.ts';
import type { Workflow } from './workflow.ts';

/** How a task differs from the default: it waits as long as Lambda does and its result is kept. */
export interface InvokeOptions {
  /** Required for a callback task: nobody else would end its wait. */
  readonly timeoutMinutes?: number;
  /** In place of `timeoutMinutes`, where it differs from run to run. */
  readonly timeoutSeconds?: Ref<number>;
  readonly comment?: string;
  /** The state's output is its input; the result is not readable. */
  readonly resultDiscarded?: true;
  /** The state's output is `{}`: ends a map's child without growing its parent. */
  readonly output?: 'empty';
}

type Discarding = { readonly resultDiscarded: true } | { readonly output: 'empty' };

/** Refuses a misspelt option, which a type parameter would let pass. */
type Closed<O> = Readonly<Record<Exclude<keyof O, keyof InvokeOptions>, never>>;

/** A task in the machine, with the reference to what it returns. */
export class InvokedTask<C extends Contract, R> extends Step<ErrorOf<C>, TaskStateBase> {
  /** Readable by every state that runs after this one succeeded; `undefined` where the options drop the result. */
  readonly result: R;

  constructor(state: TaskStateBase, result: R) {
    super(state);
    this.result = result;
  }
}

/**
 * Invokes the function that serves `contract`. Input, result and errors are typed by the contract; the result is kept
 * in the field that the id names.
 */
export const invoke = <C extends Contract, const O extends InvokeOptions = InvokeOptions>(
  workflow: Workflow,
  id: string,
  contract: C,
  input: Expr<InputOf<C>>,
  options?: O & Closed<O>,
): InvokedTask<C, O extends Discarding ? undefined : Ref<OutputOf<C>>> => {
  const discarded = options?.resultDiscarded === true || options?.output === 'empty';
  const field = `$.${fieldName(id)}`;
  const state = new LambdaInvoke(workflow.scope, id, {
    lambdaFunction: workflow.functionFor(contract),
    retryOnServiceExceptions: false,
    ...(contract.completes === 'callback' ? callback(id, input, options) : call(input)),
    ...(options?.comment === undefined ? {} : { comment: options.comment }),
    ...taskTimeout(options),
    ...(options?.output === 'empty' ? { outputPath: JsonPath.DISCARD } : {}),
    resultPath: discarded ? JsonPath.DISCARD : field,
  });
  state.addRetry(retryOf(contract));
  const result = discarded ? undefined : ref<OutputOf<C>>(field);
  return new InvokedTask(state, result as O extends Discarding ? undefined : Ref<OutputOf<C>>);
};

const taskTimeout = ({ timeoutMinutes, timeoutSeconds }: InvokeOptions = {}): { readonly taskTimeout?: Timeout } => {
  if (timeoutSeconds !== undefined) return { taskTimeout: Timeout.at(pathOf(timeoutSeconds)) };
  return timeoutMinutes === undefined ? {} : { taskTimeout: Timeout.duration(Duration.minutes(timeoutMinutes)) };
};

/** The function's answer is the result; without `payloadResponseOnly` it would come wrapped in HTTP metadata. */
const call = (input: unknown) =>
  isRef(input)
    ? { payloadResponseOnly: true, inputPath: pathOf(input) }
    : { payloadResponseOnly: true, payload: TaskInput.fromObject(renderFields(input as object)) };

const callback = (id: string, input: unknown, options: InvokeOptions | undefined) => {
  if (options?.timeoutMinutes === undefined && options?.timeoutSeconds === undefined) {
    throw new Error(`${id} waits for a callback: give it timeoutMinutes, or a lost token holds it for a year.`);
  }
  if (isRef(input)) throw new Error(`${id} passes a task token: spell out its fields instead of one reference.`);
  return {
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject(renderFields({ ...(input as object), taskToken })),
  };
};
