/** What `ami-rollout init` has to know, as texts: the same from a question and from an option. */
export interface Answers {
  /** Account ids, separated by commas. */
  readonly accounts: string;
  readonly regions: string;
  /** `account/region` */
  readonly hub: string;
  readonly family: string;
  /** Percent of the stacks. */
  readonly canary: string;
  /** User names at IAM Identity Center, or `id=ARN`. */
  readonly people: string;
  readonly mail: string;
}

/** The parts of a list: `a, b` → `a`, `b`. */
export const listOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];
