import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { RunInstancesCommandInput, TerminateInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { GetCalendarStateCommandInput } from '@aws-sdk/client-ssm';
import { campaignTag } from '../../domain/words.ts';
import type { Call } from '../../rehearsal/aws/call.ts';
import type { Access } from '../../rehearsal/run/access.ts';
import type { DeployedRights, DeployedRole, PolicyDocument } from './deployed-roles.ts';

/** One question to IAM. */
export interface AuthorizationRequest {
  readonly principal: string;
  readonly policies: DeployedRole['policies'];
  readonly action: string;
  readonly resource: string;
  /** The account that owns the resource. */
  readonly account: string;
  readonly context: Readonly<Record<string, string | string[]>>;
  readonly resourcePolicy?: PolicyDocument;
}

type Asked = Omit<AuthorizationRequest, 'principal' | 'policies'>;
type Input = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const asTags = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

const stackArn = ({ account, region, input }: Call): string => {
  const name = text((input as Input)['StackName']);
  if (name.startsWith('arn:')) return name;
  return `arn:aws:cloudformation:${region}:${account}:stack/${name === '' ? '*' : `${name}/id`}`;
};

const groupArn = ({ account, region, input }: Call): string =>
  `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:id:autoScalingGroupName/${text((input as Input)['AutoScalingGroupName'])}`;

const parameterArn = ({ account, region, input }: Call): string =>
  `arn:aws:ssm:${region}:${account}:parameter/${text((input as Input)['Name']).replace(/^\//, '')}`;

/** The account that an ARN names, if it names one. */
const accountOf = (resource: string): string | undefined => /^arn:aws:[^:]+:[^:]*:(\d{12}):/.exec(resource)?.[1];

/** How an operation is authorized: on which resources, in which context. */
type Translation = (
  call: Call,
  rights: DeployedRights,
  tags: Readonly<Record<string, string>>,
) => Omit<Asked, 'account'>[];

const onAll =
  (action: string): Translation =>
  () => [{ action, resource: '*', context: {} }];

const onStack =
  (action: string): Translation =>
  (call, _, tags) => [{ action, resource: stackArn(call), context: asTags(tags) }];

const onGroup =
  (action: string): Translation =>
  (call, _, tags) => [{ action, resource: groupArn(call), context: asTags(tags) }];

const onParameter =
  (action: string): Translation =>
  (call) => [{ action, resource: parameterArn(call), context: {} }];

const onImages =
  (action: string): Translation =>
  ({ region, input }) => {
    const { Resources, ImageId, Tags } = input as { Resources?: string[]; ImageId?: string; Tags?: { Key: string }[] };
    return [...(Resources ?? []), ...(ImageId === undefined ? [] : [ImageId])].map((id) => ({
      action,
      resource: `arn:aws:ec2:${region}::${id.startsWith('ami-') ? 'image' : 'instance'}/${id}`,
      context: Tags === undefined ? {} : { 'aws:TagKeys': Tags.map(({ Key }) => Key) },
    }));
  };

/** The handler has put this tag on the image before. */
const onHeldImage =
  (action: string): Translation =>
  ({ region, input }) => [
    {
      action,
      resource: `arn:aws:ec2:${region}::image/${text((input as Input)['ImageId'])}`,
      context: { 'aws:ResourceTag/ami-rollout:held': 'campaign' },
    },
  ];

/** Any execution of these machines may wait for the token; those of a distributed map belong to a label of it. */
const onTokens =
  (action: string): Translation =>
  (_, { hub }) =>
    ['campaign', 'restore'].flatMap((machine) => {
      const arn = `arn:aws:states:${hub.region}:${hub.account}:stateMachine:ami-rollout-${machine}`;
      return [arn, `${arn}/Label`].map((resource) => ({ action, resource, context: {} }));
    });

const viaKey = (service: string, { hub, key }: DeployedRights): Omit<Asked, 'account'>[] =>
  ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
    action,
    resource: key.arn,
    context: { 'kms:ViaService': `${service}.${hub.region}.amazonaws.com` },
    resourcePolicy: key.policy,
  }));

/** The hub's roles for a service are made by the stack, so their ARNs are not those that the rehearsal gives. */
const passing = (actingAs: DeployedRights['actingAs'], service: string): Omit<Asked, 'account'>[] =>
  actingAs(service).map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': service },
  }));

/** The policy of a key that leaves the decision to the account's own policies. */
const keyOfAccount = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    } as PolicyDocument['Statement'][number],
  ],
});

const objectIn =
  (action: string): Translation =>
  ({ input }, rights) => [
    { action, resource: `${rights.bucket}/${text((input as Input)['Key'])}`, context: {} },
    ...viaKey('s3', rights),
  ];

/** Every operation that a handler may send. One that is missing here stops the test: say how it is authorized. */
const translations: Readonly<Record<string, Translation>> = {
  'autoscaling.DescribeAutoScalingGroups': onAll('autoscaling:DescribeAutoScalingGroups'),
  'autoscaling.DescribeInstanceRefreshes': onAll('autoscaling:DescribeInstanceRefreshes'),
  'autoscaling.DescribeScalingActivities': onAll('autoscaling:DescribeScalingActivities'),
  'autoscaling.StartInstanceRefresh': onGroup('autoscaling:StartInstanceRefresh'),
  'autoscaling.CancelInstanceRefresh': onGroup('autoscaling:CancelInstanceRefresh'),
  'cloudformation.DescribeStacks': onStack('cloudformation:DescribeStacks'),
  'cloudformation.DescribeStackEvents': onStack('cloudformation:DescribeStackEvents'),
  'cloudformation.DescribeEvents': onStack('cloudformation:DescribeEvents'),
  'cloudformation.GetTemplate': onStack('cloudformation:GetTemplate'),
  'cloudformation.UpdateStack': onStack('cloudformation:UpdateStack'),
  'cloudformation.CreateChangeSet': onStack('cloudformation:CreateChangeSet'),
  'cloudformation.DescribeChangeSet': onStack('cloudformation:DescribeChangeSet'),
  'cloudformation.DeleteChangeSet': onStack('cloudformation:DeleteChangeSet'),
  'cloudformation.ContinueUpdateRollback': onStack('cloudformation:ContinueUpdateRollback'),
  'cloudformation.RollbackStack': onStack('cloudformation:RollbackStack'),
  'cloudwatch.DescribeAlarms': onAll('cloudwatch:DescribeAlarms'),
  'cloudwatch.GetMetricData': onAll('cloudwatch:GetMetricData'),
  'cloudwatch.DescribeAlarmHistory': onAll('cloudwatch:DescribeAlarmHistory'),
  'ec2.CreateTags': onImages('ec2:CreateTags'),
  'ec2.DeleteTags': onImages('ec2:DeleteTags'),
  'ec2.EnableImageDeregistrationProtection': onHeldImage('ec2:EnableImageDeregistrationProtection'),
  'ec2.DisableImageDeregistrationProtection': onHeldImage('ec2:DisableImageDeregistrationProtection'),
  'ec2.EnableImageDeprecation': onHeldImage('ec2:EnableImageDeprecation'),
  'ec2.DisableImageDeprecation': onHeldImage('ec2:DisableImageDeprecation'),
  'ec2.DescribeImageAttribute': onImages('ec2:DescribeImageAttribute'),
  'ec2.DescribeImages': onAll('ec2:DescribeImages'),
  'ec2.DescribeSnapshots': onAll('ec2:DescribeSnapshots'),
  'ec2.DescribeInstances': onAll('ec2:DescribeInstances'),
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances
  'ec2.RunInstances': ({ account, region, input }, { actingAs, quarters }) => {
    const { ImageId, TagSpecifications = [] } = input as RunInstancesCommandInput;
    const tags = Object.fromEntries(
      (TagSpecifications[0]?.Tags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key ?? ''}`, Value ?? '']),
    );
    const ec2 = (resource: string): string => `arn:aws:ec2:${region}:${account}:${resource}`;
    const made = ['instance/*', 'volume/*', 'network-interface/*'].map(ec2);
    const taken = [
      `arn:aws:ec2:${region}::image/${text(ImageId)}`,
      `arn:aws:ec2:${region}::snapshot/snap-1`,
      ...quarters.map(ec2),
    ];
    return [
      ...made.map((resource) => ({ action: 'ec2:RunInstances', resource, context: tags })),
      ...taken.map((resource) => ({ action: 'ec2:RunInstances', resource, context: {} })),
      ...made.map((resource) => ({
        action: 'ec2:CreateTags',
        resource,
        context: { 'ec2:CreateAction': 'RunInstances' },
      })),
      ...passing(actingAs, 'ec2.amazonaws.com'),
      // EC2 uses the key of an encrypted snapshot in the caller's name.
      ...['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'].map((action) => ({
        action,
        resource: `arn:aws:kms:${region}:${account}:key/1`,
        context: { 'kms:ViaService': `ec2.${region}.amazonaws.com` },
        resourcePolicy: keyOfAccount(account),
      })),
    ];
  },
  'ec2.TerminateInstances': ({ account, region, input }) =>
    ((input as TerminateInstancesCommandInput).InstanceIds ?? []).map((id) => ({
      action: 'ec2:TerminateInstances',
      resource: `arn:aws:ec2:${region}:${account}:instance/${id}`,
      // The handler has found it by this tag.
      context: { 'aws:ResourceTag/ami-rollout:product': 'ami-rollout' },
    })),
  'ec2.GetImageFindings': onAll('ec2:GetImageFindings'),
  'elasticloadbalancing.DescribeTargetHealth': onAll('elasticloadbalancing:DescribeTargetHealth'),
  'events.PutEvents': ({ account, region, input }) =>
    ((input as PutEventsCommandInput).Entries ?? []).map(({ Source }) => ({
      action: 'events:PutEvents',
      resource: `arn:aws:events:${region}:${account}:event-bus/default`,
      context: { 'events:source': Source ?? '' },
    })),
  'imagebuilder.GetImage': ({ input }) => [
    {
      action: 'imagebuilder:GetImage',
      resource: text((input as Input)['imageBuildVersionArn']),
      context: {},
    },
  ],
  'inspector2.ListCoverage': onAll('inspector2:ListCoverage'),
  'inspector2.ListFindings': onAll('inspector2:ListFindings'),
  // The key's policy names the accounts that the image is for, and leaves the rest to them.
  'kms.DescribeKey': ({ account, input }) => [
    {
      action: 'kms:DescribeKey',
      resource: text((input as Input)['KeyId']),
      context: {},
      resourcePolicy: keyOfAccount(account),
    },
  ],
  'lambda.Invoke': ({ input }, { hub }) => {
    const name = text((input as Input)['FunctionName']);
    const resource = name.startsWith('arn:') ? name : `arn:aws:lambda:${hub.region}:${hub.account}:function:${name}`;
    return [{ action: 'lambda:InvokeFunction', resource, context: {} }];
  },
  'organizations.ListAccounts': onAll('organizations:ListAccounts'),
  'organizations.ListAccountsForParent': onAll('organizations:ListAccountsForParent'),
  'organizations.ListOrganizationalUnitsForParent': onAll('organizations:ListOrganizationalUnitsForParent'),
  'organizations.ListTagsForResource': onAll('organizations:ListTagsForResource'),
  's3.GetObject': objectIn('s3:GetObject'),
  's3.PutObject': objectIn('s3:PutObject'),
  'sns.Publish': (_, rights) => [
    { action: 'sns:Publish', resource: rights.topic, context: {} },
    ...viaKey('sns', rights),
  ],
  'ssm.StartAutomationExecution': ({ account, region, input }, { actingAs }) => {
    const runbook = text((input as Input)['DocumentName']);
    const resources = [`document/${runbook}`, `automation-definition/${runbook}:1`, 'automation-execution/1'];
    return [
      ...resources.map((resource) => ({
        action: 'ssm:StartAutomationExecution',
        resource: `arn:aws:ssm:${region}:${account}:${resource}`,
        context: {},
      })),
      ...passing(actingAs, 'ssm.amazonaws.com'),
    ];
  },
  'ssm.GetAutomationExecution': ({ account, region, input }) => [
    {
      action: 'ssm:GetAutomationExecution',
      resource: `arn:aws:ssm:${region}:${account}:automation-execution/${text((input as Input)['AutomationExecutionId'])}`,
      context: {},
    },
  ],
  'ssm.GetParameter': onParameter('ssm:GetParameter'),
  'ssm.DeleteParameter': onParameter('ssm:DeleteParameter'),
  'ssm.GetCalendarState': ({ account, region, input }) =>
    ((input as GetCalendarStateCommandInput).CalendarNames ?? []).map((name) => ({
      action: 'ssm:GetCalendarState',
      resource: name.startsWith('arn:') ? name : `arn:aws:ssm:${region}:${account}:document/${name}`,
      context: {},
    })),
  // A value of the data type aws:ec2:image is validated with the writer's rights.
  'ssm.PutParameter': (call, rights, tags) => [
    ...onParameter('ssm:PutParameter')(call, rights, tags),
    ...((call.input as Input)['DataType'] === 'aws:ec2:image' ? onAll('ec2:DescribeImages')(call, rights, tags) : []),
  ],
  'states.DescribeExecution': ({ input }) => [
    { action: 'states:DescribeExecution', resource: text((input as Input)['executionArn']), context: {} },
  ],
  'states.StopExecution': ({ input }) => [
    { action: 'states:StopExecution', resource: text((input as Input)['executionArn']), context: {} },
  ],
  'states.ListExecutions': ({ input }) => [
    { action: 'states:ListExecutions', resource: text((input as Input)['stateMachineArn']), context: {} },
  ],
  'states.StartExecution': ({ input }) => [
    { action: 'states:StartExecution', resource: text((input as Input)['stateMachineArn']), context: {} },
  ],
  'states.SendTaskSuccess': onTokens('states:SendTaskSuccess'),
  'states.SendTaskFailure': onTokens('states:SendTaskFailure'),
  'sts.AssumeRole': ({ input }, rights) => {
    const {
      RoleArn,
      ExternalId,
      Tags = [],
    } = input as { RoleArn: string; ExternalId?: string; Tags?: { Key: string }[] };
    const role = {
      resource: RoleArn,
      resourcePolicy: rights.spoke(RoleArn.split(':')[4] ?? '').trust,
    };
    const context = {
      ...(rights.organizationId === null ? {} : { 'aws:ResourceOrgID': rights.organizationId }),
      ...(ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId }),
      ...(Tags.length === 0 ? {} : { 'aws:TagKeys': Tags.map(({ Key }) => Key) }),
    };
    return [
      { ...role, action: 'sts:AssumeRole', context },
      ...(Tags.length === 0 ? [] : [{ ...role, action: 'sts:TagSession', context }]),
    ];
  },
  // Allowed to everybody.
  'sts.GetCallerIdentity': () => [],
};

type Located = Pick<Call, 'account' | 'region'>;

/** A resource of the stack that is updated, of the kind that the action is about. */
const downstreamResource = (action: string, { account, region }: Located): string => {
  const [service, name] = action.split(':') as [string, string];
  if (name.startsWith('Describe')) return '*';
  if (service === 'iam') return `arn:aws:iam::${account}:role/instances`;
  if (service === 'ssm') return `arn:aws:ssm:${region}:${account}:parameter/images/base`;
  if (service === 'autoscaling')
    return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:id:autoScalingGroupName/group`;
  if (name === 'RunInstances') return `arn:aws:ec2:${region}:${account}:instance/i-1`;
  return `arn:aws:ec2:${region}:${account}:launch-template/lt-1`;
};

/** What CloudFormation asks for in the name of a caller with this role, when it updates a stack without a service role. */
export const downstreamRequest = (role: DeployedRole, action: string, place: Located): AuthorizationRequest => ({
  principal: role.arn,
  policies: role.policies,
  action,
  resource: downstreamResource(action, place),
  account: place.account,
  context: {
    'aws:PrincipalArn': role.arn,
    'aws:CalledVia': ['cloudformation.amazonaws.com'],
    ...(action === 'iam:PassRole' ? { 'iam:PassedToService': 'ec2.amazonaws.com' } : {}),
  },
});

const roleBehind = (access: Access & { readonly call: Call }, rights: DeployedRights): DeployedRole => {
  const { handler, call } = access;
  if (call.roleArn !== undefined) return rights.spoke(call.account);
  const role = rights.handlers.get(handler ?? '');
  if (role === undefined)
    throw new Error(`${call.service}.${call.operation} came from ${handler ?? 'nobody'}, which has no role`);
  return role;
};

const asked = (access: Exclude<Access, { kind: 'downstream' }>, rights: DeployedRights): readonly Asked[] => {
  const { hub } = rights;
  if (access.kind === 'table') {
    const resource = access.index ? `${rights.table}/index/byIndex` : rights.table;
    return [{ action: `dynamodb:${access.action}`, resource, context: {} }, ...viaKey('dynamodb', rights)].map(
      (one) => ({
        ...one,
        account: hub.account,
      }),
    );
  }
  const { call } = access;
  const api = `${call.service}.${call.operation}`;
  const translation = translations[api];
  if (translation === undefined)
    throw new Error(`${api} is new: say in test/permissions/requests.ts how it is authorized`);
  return translation(call, rights, access.tags).map((one) => ({
    ...one,
    account: accountOf(one.resource) ?? call.account,
  }));
};

/** Each container enters a member account by itself, whoever did it first in this process. */
const entering = (access: Access, rights: DeployedRights): readonly AuthorizationRequest[] => {
  if (access.kind === 'table' || access.call.roleArn === undefined) return [];
  const { call, handler } = access;
  const role = rights.handlers.get(handler ?? '');
  if (role === undefined) return [];
  const trust = rights.spoke(call.account);
  const asking = {
    principal: role.arn,
    policies: role.policies,
    resource: trust.arn,
    account: call.account,
    resourcePolicy: trust.trust,
  };
  const context = {
    'aws:PrincipalArn': role.arn,
    'sts:ExternalId': rights.externalId,
    ...(rights.organizationId === null ? {} : { 'aws:ResourceOrgID': rights.organizationId }),
  };
  return [
    { ...asking, action: 'sts:AssumeRole', context },
    // With the campaign's name on the session, where it is known.
    { ...asking, action: 'sts:TagSession', context: { ...context, 'aws:TagKeys': [campaignTag] } },
  ];
};

/** What IAM is asked when this happens: one question for each action and resource. */
export const requestsOf = (access: Access, rights: DeployedRights): readonly AuthorizationRequest[] => {
  const role = access.kind === 'table' ? rights.handlers.get(access.handler ?? '') : roleBehind(access, rights);
  if (role === undefined) throw new Error(`the table was used by ${access.handler ?? 'nobody'}, which has no role`);
  if (access.kind === 'downstream') return [downstreamRequest(role, access.action, access.call)];
  return [
    ...asked(access, rights).map((one) => ({
      ...one,
      principal: role.arn,
      policies: role.policies,
      context: { 'aws:PrincipalArn': role.arn, ...one.context },
    })),
    ...entering(access, rights),
  ];
};
