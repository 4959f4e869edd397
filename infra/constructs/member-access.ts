import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { memberAccounts } from '../member-accounts.ts';

/** As many roles as a policy of 6,144 characters can name, with the longest names there are. */
const accountsPerPolicy = 50;

/**
 * The right to enter the member accounts by the role that is there for it. The accounts are named one by one, in
 * policies that the handlers share: repeated in every role, a few hundred accounts would be more than a template holds.
 */
export class MemberAccess extends Construct {
  readonly #policies: readonly ManagedPolicy[];

  constructor(scope: Construct, id: string, configuration: Pick<Configuration, 'hub' | 'targets'>) {
    super(scope, id);
    const { targets } = configuration;
    const accounts = memberAccounts(configuration);
    const size = Math.ceil(accounts.length / accountsPerPolicy);
    this.#policies = Array.from({ length: size }, (_, index) => {
      const some = accounts.slice(index * accountsPerPolicy, (index + 1) * accountsPerPolicy);
      return new ManagedPolicy(this, `Policy${index + 1}`, {
        description: 'Lets handlers of ami-rollout enter member accounts',
        statements: [
          new PolicyStatement({
            actions: ['sts:AssumeRole'],
            resources: some.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${targets.roleName}`),
          }),
        ],
      });
    });
  }

  /** Lets the role enter. */
  grant(role: IRole): void {
    for (const policy of this.#policies) role.addManagedPolicy(policy);
  }
}
