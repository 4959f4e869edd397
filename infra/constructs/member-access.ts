import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { memberAccounts } from '../member-accounts.ts';

/** As many roles as a policy of 6,144 characters can name, with the longest names there are. */
const accountsPerPolicy = 50;

/**
 * The right to enter the member accounts by the role that is there for it. The accounts are named one by one, in
 * policies that the handlers share: repeated in every role, a few hundred accounts would be more than a template holds.
 */
export class MemberAccess extends Construct {
  readonly #policies: ManagedPolicy[];

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
            actions: ['sts:AssumeRole', 'sts:TagSession'],
            resources: some.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${targets.roleName}`),
          }),
        ],
      });
    });
    const { organization } = targets;
    if (organization === null) return;
    // Which accounts these are is found out at each campaign; the organisation is their limit, and the roles trust the hub.
    const resources = [`arn:${Aws.PARTITION}:iam::*:role/${targets.roleName}`];
    const policy = new ManagedPolicy(this, 'Organization', {
      description: 'Lets handlers of ami-rollout enter accounts of the organisation',
      statements: [
        new PolicyStatement({
          actions: ['sts:AssumeRole', 'sts:TagSession'],
          resources,
          conditions: { StringEquals: { 'aws:ResourceOrgID': organization.id } },
        }),
      ],
    });
    acknowledgeWildcards(policy, resources, 'The accounts of the organisation are looked up at each campaign.');
    this.#policies.push(policy);
  }

  /** Lets the role enter. */
  grant(role: IRole): void {
    for (const policy of this.#policies) role.addManagedPolicy(policy);
  }
}
