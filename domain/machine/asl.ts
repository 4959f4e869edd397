/** A state of the Amazon States Language, as far as a picture shows it. */
export interface AslState {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Choices?: readonly AslRule[];
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Seconds?: number;
  readonly Resource?: string;
  readonly ItemProcessor?: AslMachine;
  readonly Iterator?: AslMachine;
  readonly Branches?: readonly AslMachine[];
}

/** One rule of a Choice: a comparison of a variable, or a combination of such. */
export type AslRule = Readonly<Record<string, unknown>> & { readonly Next?: string };

/** A machine, or the part of one that a Map or Parallel runs. */
export interface AslMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}

/** A machine by the name that it has in Step Functions. */
export interface NamedMachine {
  readonly name: string;
  readonly definition: AslMachine;
}

/** A way from one state to another. */
export interface Way {
  readonly to: string;
  /** When it is taken; empty where it always is. */
  readonly label: string;
}

/** The machines inside a state. */
export const partsOf = ({ ItemProcessor, Iterator, Branches }: AslState): readonly AslMachine[] => [
  ...(ItemProcessor === undefined ? [] : [ItemProcessor]),
  ...(Iterator === undefined ? [] : [Iterator]),
  ...(Branches ?? []),
];
