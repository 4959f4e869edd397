/** A person of the configuration with one identity. */
export interface PersonIdentity {
  readonly id: string;
  readonly iam: string;
}

/**
 * `ana@example.com` → the sessions that IAM Identity Center makes for her in the hub's account; `ana=arn:…` → that ARN.
 * Identity Center names a session after its user, and nobody else can.
 */
export const identityOf = (person: string, hubAccount: string): PersonIdentity => {
  const [id = '', ...arn] = person.split('=');
  if (arn.length > 0) return { id, iam: arn.join('=') };
  const role = `arn:aws:sts::${hubAccount}:assumed-role/AWSReservedSSO_RolloutOperator_*`;
  return { id: id.split('@')[0] ?? id, iam: `${role}/${id}` };
};
