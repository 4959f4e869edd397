/** Targets that are looked up in AWS Organizations at each campaign. */
export interface OrganizationTargets {
  /** Id of the organisation, `o-…`: only its accounts may send events, and only they are entered. */
  readonly id: string;
  /** Organisational units or roots, with everything below them; none: the whole organisation. */
  readonly units: readonly string[];
  /** Tags that an account must have, each with the values that will do; none: every account. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Each is used in each account. */
  readonly regions: readonly string[];
  /** Accounts that are left out. */
  readonly except: readonly string[];
}
