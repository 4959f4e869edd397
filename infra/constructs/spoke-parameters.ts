import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';

/**
 * What a spoke must know. They are parameters, so that one template serves every account, deployed by the CDK or as a
 * StackSet; the configuration gives their defaults.
 */
export class SpokeParameters extends Construct {
  readonly hubAccount: string;
  readonly hubRegion: string;
  readonly externalId: string;
  readonly roleName: string;
  readonly ssmParameters: string;
  /** Holds in one region of each member account; never in the hub's own account, which needs no role. */
  readonly makesRole: CfnCondition;
  /** Holds everywhere but where the hub itself is. */
  readonly forwards: CfnCondition;

  constructor(
    scope: Construct,
    id: string,
    { hub, targets }: Pick<Configuration, 'hub' | 'targets'>,
    roleRegion: string,
  ) {
    super(scope, id);
    const parameter = (name: string, description: string, byDefault: string, allowedPattern: string): string => {
      const made = new CfnParameter(this, name, { description, default: byDefault, allowedPattern });
      made.overrideLogicalId(name);
      return made.valueAsString;
    };
    const region = String.raw`^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$`;
    this.hubAccount = parameter('HubAccount', 'Account that ami-rollout runs in', hub.account, String.raw`^\d{12}$`);
    this.hubRegion = parameter('HubRegion', 'Region that ami-rollout runs in', hub.region, region);
    this.externalId = parameter(
      'ExternalId',
      'targets.externalId of rollout.config.ts',
      targets.externalId,
      '^.{2,128}$',
    );
    this.roleName = parameter('RoleName', 'targets.roleName of rollout.config.ts', targets.roleName, '^.{1,64}$');
    const roleRegionParameter = parameter(
      'RoleRegion',
      'The one region whose stack makes the role',
      roleRegion,
      region,
    );
    this.ssmParameters = parameter(
      'SsmParameters',
      'SSM parameters that hold images, as a path pattern without its first slash; * for all',
      '*',
      '^[^/].*$',
    );
    const isHubAccount = Fn.conditionEquals(Aws.ACCOUNT_ID, this.hubAccount);
    this.makesRole = new CfnCondition(this, 'MakesRole', {
      expression: Fn.conditionAnd(Fn.conditionEquals(Aws.REGION, roleRegionParameter), Fn.conditionNot(isHubAccount)),
    });
    this.forwards = new CfnCondition(this, 'Forwards', {
      expression: Fn.conditionNot(Fn.conditionAnd(isHubAccount, Fn.conditionEquals(Aws.REGION, this.hubRegion))),
    });
  }
}
