import { describe, expect, it } from '@jest/globals';
import { handler, handlerNames } from '../../infra/handlers.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { tableKeys } from '../adapters/table/table-keys.ts';
import { configurationWith, resourcesOf, type LambdaFunction } from './deployed.ts';

const configuration = configurationWith({ costs: { monthlyBudgetUsd: 50 } });
const template = synthesizeHub(configuration, { bundle: false });
const one = <Properties = Readonly<Record<string, unknown>>>(type: string) => {
  const found = resourcesOf<Properties>(template, type);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const functions = resourcesOf<LambdaFunction>(template, 'AWS::Lambda::Function');
const keyArn = { 'Fn::GetAtt': [one('AWS::KMS::Key').id, 'Arn'] };

describe('the functions', () => {
  it('are one for each handler, on Node.js 24 and arm64, traced and with JSON logs', () => {
    expect(functions.map(({ Properties }) => Properties.FunctionName).sort()).toEqual(
      handlerNames.map((name) => `ami-rollout-${name}`).sort(),
    );
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: 512,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
        Timeout: handler(Properties.FunctionName.replace('ami-rollout-', '') as 'report').timeoutSeconds ?? 300,
      });
    }
  });

  it('keep their logs as long as the configuration says', () => {
    const logs = resourcesOf(template, 'AWS::Logs::LogGroup');
    // One more for each machine, and one for the API.
    expect(logs).toHaveLength(functions.length + 3);
    for (const { Properties } of logs) expect(Properties['RetentionInDays']).toBe(configuration.retention.logDays);
  });

  it('know the deployment by their variables, and bucket and topic only where they use them', () => {
    const machine = 'arn:aws:states:eu-west-1:111122223333:stateMachine:ami-rollout';
    const shared = {
      HUB_ACCOUNT: '111122223333',
      TABLE: { 'Fn::Join': ['', ['dynamodb:', { Ref: one('AWS::DynamoDB::GlobalTable').id }]] },
      ROLLOUT_CONFIGURATION: '/var/task/rollout.json',
      CAMPAIGN_MACHINE_ARN: `${machine}-campaign`,
      RESTORE_MACHINE_ARN: `${machine}-restore`,
      CLAIM_FUNCTION_NAME: 'ami-rollout-claim-stack',
      ASK_GATE_FUNCTION_NAME: 'ami-rollout-ask-custom-gate',
      END_INSTANCES_FUNCTION_NAME: 'ami-rollout-end-gate-instances',
      WRITE_TAGS_FUNCTION_NAME: 'ami-rollout-write-image-tags',
      INSPECT_FUNCTION_NAME: 'ami-rollout-inspect-stacks',
      ANSWER_GATE_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-answer-custom-gate',
    };
    const bucket = resourcesOf(template, 'AWS::S3::Bucket').find(({ id }) => !id.includes('AccessLog'));
    for (const { Properties } of functions) {
      const { uses } = handler(Properties.FunctionName.replace('ami-rollout-', '') as 'report');
      expect(Properties.Environment.Variables).toEqual({
        ...shared,
        ...(uses.planStore && { PLAN_BUCKET: { Ref: bucket?.id } }),
        ...(uses.notifications && { TOPIC_ARN: { Ref: one('AWS::SNS::Topic').id } }),
      });
    }
  });

  it('keep what failed, where nobody waits for the answer', () => {
    const configured = resourcesOf<{
      FunctionName: { Ref: string };
      DestinationConfig: object;
      MaximumRetryAttempts: number;
    }>(template, 'AWS::Lambda::EventInvokeConfig');
    const queued = functions.filter(
      ({ Properties }) => handler(Properties.FunctionName.replace('ami-rollout-', '') as 'report').called === 'queue',
    );
    expect(configured.map(({ Properties }) => Properties.FunctionName.Ref).sort()).toEqual(
      queued.map(({ id }) => id).sort(),
    );
    for (const { Properties } of configured) {
      expect(Properties).toMatchObject({
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
      });
    }
  });
});

describe('what is kept', () => {
  it('is a table that survives everything', () => {
    const table = one('AWS::DynamoDB::GlobalTable');
    expect(template.Resources[table.id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      ...tableKeys,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { KMSMasterKeyId: keyArn },
        },
      ],
    });
  });

  it('are plans that nobody can overwrite or read from outside', () => {
    const buckets = resourcesOf(template, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const { id, Properties } of buckets) {
      expect(template.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain' });
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    expect(buckets.find(({ id }) => !id.includes('AccessLog'))?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } },
        ],
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: configuration.retention.planDays }] },
      LoggingConfiguration: { DestinationBucketName: expect.any(Object) },
    });
    expect(JSON.stringify(resourcesOf(template, 'AWS::S3::BucketPolicy'))).toContain('"aws:SecureTransport":"false"');
  });

  it('is encrypted with a key that turns over', () => {
    expect(one('AWS::KMS::Key').Properties['EnableKeyRotation']).toBe(true);
    expect(one('AWS::SNS::Topic').Properties['KmsMasterKeyId']).toEqual(keyArn);
    const queues = resourcesOf(template, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(11);
    for (const { Properties } of queues) expect(Properties['KmsMasterKeyId']).toEqual(keyArn);
  });
});

describe('the machines', () => {
  const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine');

  it('are standard, traced, and log failures without the data that holds task tokens', () => {
    expect(machines.map(({ Properties }) => Properties['StateMachineName']).sort()).toEqual([
      'ami-rollout-campaign',
      'ami-rollout-restore',
    ]);
    for (const { Properties } of machines) {
      expect(Properties).toMatchObject({
        StateMachineType: 'STANDARD',
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
      });
    }
  });

  it('may start the children of their own maps, and nothing else', () => {
    const starts = resourcesOf<{ PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } }>(
      template,
      'AWS::IAM::Policy',
    )
      .filter(({ id }) => id.includes('DistributedMapPolicy'))
      .map(({ Properties }) =>
        Properties.PolicyDocument.Statement.filter(({ Action }) =>
          [Action].flat().includes('states:StartExecution'),
        ).map(({ Resource }) => Resource),
      );
    expect(starts.sort()).toEqual(machines.map(({ id }) => [{ Ref: id }]).sort());
  });
});

describe('people', () => {
  it('are told by mail', () => {
    expect(resourcesOf(template, 'AWS::SNS::Subscription').map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({ Protocol: 'email', Endpoint: 'platform-team@example.com' }),
    ]);
  });

  it('hear of dead letters, of machines that were ended from outside, and of restores that failed', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.filter(({ Properties }) => Properties['Namespace'] === 'AWS/SQS')).toHaveLength(11);
    expect(
      alarms
        .filter(({ Properties }) => Properties['Namespace'] === 'AWS/States')
        .map(({ Properties }) => Properties['MetricName']),
    ).toEqual([
      'ExecutionsAborted',
      'ExecutionsTimedOut',
      'ExecutionsFailed',
      'ExecutionsAborted',
      'ExecutionsTimedOut',
    ]);
    for (const { Properties } of alarms)
      expect(Properties['AlarmActions']).toEqual([{ Ref: one('AWS::SNS::Topic').id }]);
  });

  it('have no address but the API', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Url')).toEqual([]);
    expect(
      resourcesOf(template, 'AWS::Lambda::Permission').map(({ Properties }) => Properties['Principal']),
    ).not.toContain('*');
  });

  it('answer nobody that the gateway has not proven, but for the description of the API', () => {
    const routes = (of: typeof template): unknown =>
      Object.fromEntries(
        resourcesOf(of, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
          Properties['RouteKey'],
          Properties['AuthorizationType'],
        ]),
      );
    expect(routes(template)).toEqual({ 'ANY /machine/{proxy+}': 'AWS_IAM', 'GET /openapi.json': 'NONE' });
    const oidc = { issuer: 'https://id.example.com', audiences: ['ami-rollout'] };
    const withPeople = synthesizeHub(configurationWith({ console: { oidc } }), { bundle: false });
    expect(routes(withPeople)).toEqual({
      'ANY /api/{proxy+}': 'JWT',
      'ANY /machine/{proxy+}': 'AWS_IAM',
      'GET /openapi.json': 'NONE',
    });
    expect(resourcesOf(withPeople, 'AWS::SecretsManager::Secret')).toEqual([]);
    const [authorizer] = resourcesOf(withPeople, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties['JwtConfiguration']).toEqual({ Audience: ['ami-rollout'], Issuer: oidc.issuer });
    expect(Object.keys(template.Outputs ?? {})).toContain('ConsoleUrl');
  });

  it('reach the pages, which alone read their secret, if the pages are known to the identity provider', () => {
    const oidc = { issuer: 'https://id.example.com', audiences: ['ami-rollout'], clientId: 'pages' };
    const withPages = synthesizeHub(configurationWith({ console: { oidc } }), { bundle: false });
    const open = resourcesOf(withPages, 'AWS::ApiGatewayV2::Route')
      .filter(({ Properties }) => Properties['AuthorizationType'] === 'NONE')
      .map(({ Properties }) => Properties['RouteKey']);
    expect(open).toEqual(expect.arrayContaining(['GET /', 'POST /campaigns/{proxy+}', 'GET /auth/{step}']));
    expect(open.filter((route) => /ANY|\/(api|machine)/.test(route as string))).toEqual([]);
    expect(resourcesOf(withPages, 'AWS::SecretsManager::Secret')).toHaveLength(1);
    const readers = resourcesOf(withPages, 'AWS::IAM::Policy').filter((policy) =>
      JSON.stringify(policy).includes('secretsmanager:GetSecretValue'),
    );
    expect(readers.map(({ Properties }) => JSON.stringify(Properties['Roles']))).toEqual([
      expect.stringContaining('Console'),
    ]);
  });

  it('hear of costs, if the configuration names a budget', () => {
    expect(one('AWS::Budgets::Budget').Properties['Budget']).toMatchObject({
      BudgetLimit: { Amount: 50, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:ami-rollout:product$ami-rollout'] },
    });
    expect(resourcesOf(synthesizeHub(configurationWith(), { bundle: false }), 'AWS::Budgets::Budget')).toEqual([]);
  });
});
