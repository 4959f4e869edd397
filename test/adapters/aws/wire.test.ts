import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { EC2Client, RegisterImageCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { awsAlarms } from '../../../adapters/aws/alarms.ts';
import { awsImages } from '../../../adapters/aws/images.ts';
import { imagesOfInstances } from '../../../adapters/aws/instance-images.ts';
import { awsParameters } from '../../../adapters/aws/parameters.ts';
import type { Sessions } from '../../../adapters/aws/sessions.ts';
import { awsStacks } from '../../../adapters/aws/stacks.ts';
import { hasMotoServer, startMotoServer, type MotoServer } from '../moto-server.ts';
import { hub, member, testSessions } from './sessions-for-tests.ts';

const environment = {
  AWS_ACCESS_KEY_ID: 'hub-key',
  AWS_SECRET_ACCESS_KEY: 'hub-secret',
  AWS_REGION: hub.region,
};

const template = JSON.stringify({
  Parameters: { ImageId: { Type: 'String' }, Size: { Type: 'String' } },
  Resources: {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: { Ref: 'ImageId' }, DisplayName: { Ref: 'Size' } },
    },
  },
});

/** The adapters over HTTP: error names and request shapes that a replaced `send` cannot prove. */
describe('adapters on the wire', () => {
  if (!hasMotoServer) {
    it.skip('are not tested: moto_server is not on the PATH (pip install "moto[server]")', () => undefined);
    return;
  }
  let server: MotoServer;
  let sessions: Sessions;

  beforeAll(async () => {
    server = await startMotoServer();
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: server.endpoint });
    sessions = testSessions();
  }, 60_000);

  afterAll(async () => {
    for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) Reflect.deleteProperty(process.env, name);
    await server.stop();
  });

  it('write and read parameters in the member account, not in the hub', async () => {
    const parameters = awsParameters(sessions);
    expect(await parameters.find(member, '/golden')).toBeUndefined();
    const [image] = await register('parameter-1');
    const version = await parameters.putImage(member, '/golden', image, 'aws:ec2:image');
    expect(version).toBe(1);
    expect(await parameters.find(member, '/golden')).toEqual({
      name: '/golden',
      value: image,
      version: 1,
      dataType: 'aws:ec2:image',
    });
    expect(await parameters.find({ account: hub.account, region: member.region }, '/golden')).toBeUndefined();
  });

  const register = async (...names: string[]): Promise<[string, ...string[]]> => {
    const ec2 = sessions.client(EC2Client, member);
    const ids: string[] = [];
    for (const Name of names) ids.push((await ec2.send(new RegisterImageCommand({ Name }))).ImageId ?? '');
    return ids as [string, ...string[]];
  };

  it('find images by id and by tag', async () => {
    const images = awsImages(sessions);
    const [one, two] = await register('one', 'two');
    await images.tag(member, one, { version: '3.*' });
    await images.tag(member, two!, { version: '3.1' });
    expect(await images.find(member, one)).toMatchObject({ id: one, name: 'one', tags: { version: '3.*' } });
    expect(await images.find(member, 'ami-00000000000000000')).toBeUndefined();
    expect(await images.find(member, 'nonsense')).toBeUndefined();
    expect((await images.findByTags(member, { version: '3.1' })).map(({ id }) => id)).toEqual([two]);
  });

  it('tell the images of instances, without those that are gone', async () => {
    const [image] = await register('instances');
    const { Instances = [] } = await sessions
      .client(EC2Client, member)
      .send(new RunInstancesCommand({ ImageId: image, MinCount: 2, MaxCount: 2 }));
    const ids = Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
    expect(await imagesOfInstances(sessions, member, [...ids, 'i-00000000000000000'])).toEqual(
      new Map(ids.map((id) => [id, image])),
    );
  });

  it('read alarms that went off', async () => {
    const alarms = awsAlarms(sessions);
    const cloudWatch = sessions.client(CloudWatchClient, member);
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'red',
        Namespace: 'N',
        MetricName: 'M',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'red', StateValue: 'ALARM', StateReason: 'test' }));
    expect(await alarms.states(member, ['red', 'gone'])).toEqual([{ name: 'red', state: 'ALARM' }]);
  });

  it('update a stack once, and find nothing to update the second time', async () => {
    const stacks = awsStacks(sessions);
    const { StackId: stackId = '' } = await sessions.client(CloudFormationClient, member).send(
      new CreateStackCommand({
        StackName: 'app',
        TemplateBody: template,
        Parameters: [
          { ParameterKey: 'ImageId', ParameterValue: 'ami-1' },
          { ParameterKey: 'Size', ParameterValue: 'large' },
        ],
        Tags: [{ Key: 'team', Value: 'a' }],
      }),
    );
    const stack = await stacks.find(member, stackId);
    const update = { stack: stack!, parameter: 'ImageId', value: 'ami-2', requestToken: 'ar-1' };
    expect(await stacks.update(member, update)).toMatchObject({ started: true });
    expect(await stacks.find(member, stackId)).toMatchObject({
      status: 'UPDATE_COMPLETE',
      parameters: [
        { name: 'ImageId', value: 'ami-2', resolved: null },
        { name: 'Size', value: 'large', resolved: null },
      ],
      tags: { team: 'a' },
    });
    expect(await stacks.update(member, update)).toEqual({ started: false, operationId: null });
    expect(JSON.parse(await stacks.template(member, stackId))).toEqual(JSON.parse(template));
    const names: string[] = [];
    for await (const page of stacks.list(member)) names.push(...page.map(({ name }) => name));
    expect(names).toEqual(['app']);
    expect(await stacks.find(member, stackId.replace('/app/', '/gone/'))).toBeUndefined();
  });
});
