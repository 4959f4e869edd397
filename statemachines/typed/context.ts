import { ref, type Ref } from './references.ts';

/** The input of the execution: the root of a machine's data, at its first state. */
export const executionInput = <T>(): Ref<T> => ref<T>('$');

/**
 * The execution's name, which is the campaign's id.
 *
 * A distributed map's child is an execution with a name of its own: select the name into the child instead. The
 * data-flow walk reports a child that reads this.
 */
export const executionName: Ref<string> = ref('$$.Execution.Name');

/** The execution's ARN. In a distributed map's child it is the child's. */
export const executionId: Ref<string> = ref('$$.Execution.Id');

/** When the execution started, ISO 8601. */
export const executionStart: Ref<string> = ref('$$.Execution.StartTime');

/** The token that completes a callback task. `invoke` passes it on; few others need it. */
export const taskToken: Ref<string> = ref('$$.Task.Token');

/** The item a map's child was started for; exists in its ItemSelector only. */
export const mapItem = <T>(): Ref<T> => ref<T>('$$.Map.Item.Value');
