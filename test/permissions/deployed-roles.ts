import type { Configuration } from '../../domain/configuration.ts';
import { handlerNames } from '../../infra/handlers.ts';
import { synthesizeHub, synthesizeSpoke, type CloudFormationTemplate } from '../../infra/synthesize.ts';
import { intrinsicsResolver, type Place } from '../../rehearsal/definitions/resolve-intrinsics.ts';

export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** A role as it would be deployed: all references resolved. */
export interface DeployedRole {
  readonly arn: string;
  readonly policies: readonly { readonly name: string; readonly policy: PolicyDocument }[];
  readonly trust: PolicyDocument;
}

type Properties = Readonly<Record<string, unknown>>;

const resourcesOf = (template: CloudFormationTemplate, type: string): [string, Properties][] =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [[id, Properties] as [string, Properties]] : [],
  );

const refersTo = (value: unknown, id: string): boolean =>
  Array.isArray(value) && value.some((one) => (one as { Ref?: string }).Ref === id);

/** The roles of a template by logical id, with their inline and their shared policies. */
const rolesOf = (template: CloudFormationTemplate, place: Place): Map<string, DeployedRole> => {
  const resolve = intrinsicsResolver(template, place);
  return new Map(
    resourcesOf(template, 'AWS::IAM::Role').map(([id, properties]) => {
      const attached = [
        ...resourcesOf(template, 'AWS::IAM::Policy').filter(([, policy]) => refersTo(policy['Roles'], id)),
        ...resourcesOf(template, 'AWS::IAM::ManagedPolicy').filter(
          ([policyId, policy]) => refersTo(properties['ManagedPolicyArns'], policyId) || refersTo(policy['Roles'], id),
        ),
      ];
      const path = String(resolve(properties['Path'] ?? '/'));
      const name = String(resolve(properties['RoleName'] ?? id));
      return [
        id,
        {
          arn: `arn:aws:iam::${place.account}:role${path}${name}`,
          policies: attached.map(([policyId, policy]) => ({
            name: policyId,
            policy: resolve(policy['PolicyDocument']) as PolicyDocument,
          })),
          trust: resolve(properties['AssumeRolePolicyDocument']) as PolicyDocument,
        },
      ];
    }),
  );
};

/** Everything that decides whether a call of a handler is allowed. */
export interface DeployedRights {
  readonly hub: Place;
  /** The role of a handler, by file name. */
  readonly handlers: ReadonlyMap<string, DeployedRole>;
  /** The role in a member account. */
  readonly spoke: (account: string) => DeployedRole;
  /** Subnets and security groups that instances of gates are launched into. */
  readonly quarters: readonly string[];
  /** The ARNs of the hub's roles that a service acts as. */
  readonly actingAs: (service: string) => readonly string[];
  readonly externalId: string;
  readonly organizationId: string | null;
  readonly table: string;
  readonly bucket: string;
  readonly topic: string;
  readonly key: { readonly arn: string; readonly policy: PolicyDocument };
}

const one = <T>(values: readonly T[], what: string): T => {
  const [first] = values;
  if (first === undefined) throw new Error(`the template has no ${what}`);
  return first;
};

/** The rights that the hub's and the spokes' templates give, for this configuration. */
export const deployedRights = (configuration: Configuration): DeployedRights => {
  const { hub } = configuration;
  const template = synthesizeHub(configuration, { bundle: false });
  const resolve = intrinsicsResolver(template, hub);
  const roles = rolesOf(template, hub);
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  const ref = (id: string, attribute: string) => String(resolve({ 'Fn::GetAtt': [id, attribute] }));
  const arn = (id: string) => String(resolve({ 'Fn::GetAtt': [id, 'Arn'] }));
  const [keyId, keyProperties] = one(resourcesOf(template, 'AWS::KMS::Key'), 'key');
  const plans = JSON.stringify(
    functions.map(
      ([, { Environment }]) => (Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables,
    ),
  );
  const spokeTemplate = synthesizeSpoke(configuration);
  const spokes = new Map<string, DeployedRole>();
  return {
    hub,
    handlers: new Map(
      handlerNames.map((name) => {
        const found = functions.find(([, { FunctionName }]) => FunctionName === `ami-rollout-${name}`);
        const roleId = (found?.[1]['Role'] as { 'Fn::GetAtt': [string, string] } | undefined)?.['Fn::GetAtt'][0] ?? '';
        const role = roles.get(roleId);
        if (role === undefined) throw new Error(`no role runs ${name}`);
        return [name, role];
      }),
    ),
    spoke: (account) => {
      const known = spokes.get(account);
      if (known !== undefined) return known;
      const defaults = Object.fromEntries(
        Object.entries(spokeTemplate.Parameters ?? {}).map(([name, parameter]) => [
          name,
          (parameter as { Default: unknown }).Default,
        ]),
      );
      const withParameters = JSON.parse(JSON.stringify(spokeTemplate), (_, value: unknown) => {
        const { Ref } = (value ?? {}) as { Ref?: string };
        return Ref !== undefined && Ref in defaults ? defaults[Ref] : value;
      }) as CloudFormationTemplate;
      const made = [...rolesOf(withParameters, { account, region: hub.region }).values()].find(({ arn: roleArn }) =>
        roleArn.endsWith(`/${configuration.targets.roleName}`),
      );
      if (made === undefined) throw new Error('the spoke has no role');
      spokes.set(account, made);
      return made;
    },
    quarters: [
      ...resourcesOf(template, 'AWS::EC2::Subnet').map(([id]) => `subnet/${ref(id, 'SubnetId')}`),
      ...resourcesOf(template, 'AWS::EC2::SecurityGroup')
        .filter(([, { SecurityGroupEgress }]) => SecurityGroupEgress !== undefined)
        .map(([id]) => `security-group/${ref(id, 'GroupId')}`),
    ],
    actingAs: (service) =>
      [...roles].flatMap(([id, { trust }]) => (JSON.stringify(trust).includes(`"${service}"`) ? arn(id) : [])),
    externalId: configuration.targets.externalId,
    organizationId: configuration.targets.organization?.id ?? null,
    table: arn(one(resourcesOf(template, 'AWS::DynamoDB::GlobalTable'), 'table')[0]),
    bucket: arn(
      one(
        resourcesOf(template, 'AWS::S3::Bucket').filter(([id]) => plans.includes(`"PLAN_BUCKET":{"Ref":"${id}"}`)),
        'bucket for plans',
      )[0],
    ),
    topic: arn(one(resourcesOf(template, 'AWS::SNS::Topic'), 'topic')[0]),
    key: { arn: arn(keyId), policy: resolve(keyProperties['KeyPolicy']) as PolicyDocument },
  };
};
