/** A person who may approve; identities are what IAM and the identity provider call them. */
export interface Person {
  readonly id: string;
  /** IAM principal ARNs; `*` stands for any text (role sessions). */
  readonly iam: readonly string[];
  /** OIDC subjects. */
  readonly oidc: readonly string[];
}
