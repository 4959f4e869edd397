/** An account as AWS Organizations knows it. */
export interface OrganizationAccount {
  readonly account: string;
  readonly name: string;
  /** `ACTIVE`, or why it cannot be worked in: `SUSPENDED`, `PENDING_CLOSURE`, … */
  readonly state: string;
}

/** The accounts of the organisation, as they stand now. */
export interface Organization {
  /**
   * All accounts below an organisational unit or root, those of nested units too; null: all of the organisation.
   *
   * @throws AccessDenied where the hub may not ask.
   */
  accounts(unit: string | null): Promise<readonly OrganizationAccount[]>;
  tags(account: string): Promise<Readonly<Record<string, string>>>;
}
