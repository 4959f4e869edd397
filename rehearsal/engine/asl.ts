/** A value at a path, e.g. `$.stack.id` or `$$.Execution.Name`. */
export type Path = string;

/** The part of a JSONPath-mode state that the engine reads; the data fields go to the interpreter as they are. */
export interface AslState {
  readonly Type: 'Task' | 'Parallel' | 'Map' | 'Pass' | 'Wait' | 'Choice' | 'Succeed' | 'Fail';
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: Path | null;
  readonly OutputPath?: Path | null;
  readonly ResultPath?: Path | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly Result?: unknown;
  readonly Retry?: readonly AslRetrier[];
  readonly Catch?: readonly AslCatcher[];
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: Path;
  readonly Branches?: readonly AslMachine[];
  readonly ItemProcessor?: AslItemProcessor;
  readonly Iterator?: AslItemProcessor;
  readonly ItemsPath?: Path;
  readonly ItemSelector?: unknown;
  readonly ItemReader?: AslItemReader;
  readonly ResultWriter?: AslResultWriter;
  readonly MaxConcurrency?: number;
  readonly MaxConcurrencyPath?: Path;
  readonly ToleratedFailurePercentage?: number;
  readonly ToleratedFailureCount?: number;
  readonly Label?: string;
  readonly Choices?: readonly AslChoiceRule[];
  readonly Default?: string;
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

/** One entry of `Retry`. */
export interface AslRetrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'NONE' | 'FULL';
}

/** One entry of `Catch`. */
export interface AslCatcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: Path | null;
}

/** A condition of a Choice; comparison fields beside these are the interpreter's. */
export interface AslChoiceRule {
  readonly Variable?: Path;
  readonly And?: readonly AslChoiceRule[];
  readonly Or?: readonly AslChoiceRule[];
  readonly Not?: AslChoiceRule;
  readonly Next?: string;
  readonly [comparison: string]: unknown;
}

/** States and the first of them: a machine, a branch or an item processor. */
export interface AslMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
}

/** What a Map runs for each item. */
export interface AslItemProcessor extends AslMachine {
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' | 'DISTRIBUTED'; readonly ExecutionType?: string };
}

/** Where a distributed Map finds its items. */
export interface AslItemReader {
  readonly Resource: string;
  readonly ReaderConfig?: { readonly InputType?: string; readonly MaxItems?: number };
  readonly Parameters?: unknown;
}

/** Where a distributed Map puts its results. */
export interface AslResultWriter {
  readonly Resource: string;
  readonly Parameters?: unknown;
}
