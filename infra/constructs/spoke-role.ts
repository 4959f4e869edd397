import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { campaignTag } from '../../domain/words.ts';
import { rolePath } from '../names.ts';
import { allow } from '../rights/right.ts';
import { everyTargetUse, targetRights } from '../rights/target-rights.ts';
import { conditional } from './conditional.ts';
import type { SpokeParameters } from './spoke-parameters.ts';

/** The role that the hub's handlers take in a member account. It acts on stacks that have opted in, and on no others. */
export class SpokeRole extends Construct {
  constructor(scope: Construct, id: string, parameters: SpokeParameters) {
    super(scope, id);
    const { hubAccount, externalId, roleName, ssmParameters, makesRole } = parameters;
    // The whole account is not trusted: only the roles that handlers run as.
    const handlers = { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${hubAccount}:role${rolePath}*` };
    const role = new Role(this, 'Role', {
      roleName,
      description: 'Lets ami-rollout move opted-in stacks to another machine image',
      assumedBy: new AccountPrincipal(hubAccount).withConditions({
        StringEquals: { 'sts:ExternalId': externalId },
        ArnLike: handlers,
      }),
    });
    // Sessions carry the campaign as a tag, and no other.
    role.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        principals: [new AccountPrincipal(hubAccount)],
        actions: ['sts:TagSession'],
        conditions: { ArnLike: handlers, 'ForAllValues:StringEquals': { 'aws:TagKeys': [campaignTag] } },
      }),
    );
    allow(role, targetRights({ partition: Aws.PARTITION, account: Aws.ACCOUNT_ID }, everyTargetUse, ssmParameters));
    conditional(this, makesRole);
  }
}
