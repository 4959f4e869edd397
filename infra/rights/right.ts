import { PolicyStatement, type Conditions, type IRole } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcards } from '../constructs/acknowledge.ts';

/** Something that a role may do. */
export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why a resource is a pattern; every pattern needs its reason. */
  readonly because?: string;
}

/** Something that handlers use: gives the rights that a handler needs to use it. */
export interface Opens<UsesOfIt> {
  rights(uses: UsesOfIt): readonly Right[];
}

/** The right as a statement of a policy. */
const statement = ({ actions, resources, conditions }: Right): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** Gives the rights to the role, and to every pattern among their resources its reason. */
export const allow = (role: IRole, rights: readonly Right[]): void => {
  for (const right of rights) {
    role.addToPrincipalPolicy(statement(right));
    if (right.because !== undefined) acknowledgeWildcards(role, right.resources, right.because);
  }
};
