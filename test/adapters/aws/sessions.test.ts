import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { AccessDenied } from '../../../domain/errors.ts';
import type { Target } from '../../../domain/target.ts';
import { hub, member, sdkError, testSessions } from './sessions-for-tests.ts';

const sts = mockClient(STSClient);
let given = 0;

const rolesGoodFor = (minutes: number): void => {
  sts.on(AssumeRoleCommand).callsFake(() => {
    given += 1;
    return {
      Credentials: {
        AccessKeyId: `key-${given}`,
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(Date.now() + minutes * 60_000),
      },
    };
  });
};

beforeEach(() => {
  given = 0;
  process.env.AWS_ACCESS_KEY_ID = 'hub-key';
  process.env.AWS_SECRET_ACCESS_KEY = 'hub-secret';
});
afterEach(() => {
  jest.restoreAllMocks();
  sts.reset();
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
});

describe('sessions', () => {
  it('keep one client for each class, account and region', () => {
    const sessions = testSessions();
    const client = sessions.client(CloudFormationClient, member);
    expect(sessions.client(CloudFormationClient, { ...member })).toBe(client);
    expect(sessions.client(CloudFormationClient, { ...member, region: 'eu-west-1' })).not.toBe(client);
    expect(sessions.client(CloudFormationClient, { ...member, account: '1' })).not.toBe(client);
    expect(sessions.client(SSMClient, member)).toBeInstanceOf(SSMClient);
  });

  it('make clients of the target’s region with eight adaptive attempts, without a call', async () => {
    const { config } = testSessions().client(CloudFormationClient, member);
    expect(await config.region()).toBe('us-east-1');
    expect(await config.maxAttempts()).toBe(8);
    const mode = config.retryMode;
    expect(typeof mode === 'function' ? await mode() : mode).toBe('adaptive');
    expect(sts.calls()).toHaveLength(0);
  });

  it.each(['eu-west-1', 'us-east-1'])('use the default credentials in the own account (%s)', async (region) => {
    const { config } = testSessions().client(SSMClient, { account: hub.account, region });
    expect(await config.credentials()).toMatchObject({ accessKeyId: 'hub-key' });
    expect(sts.calls()).toHaveLength(0);
  });

  it('assume the member account’s role with name, external id and session name', async () => {
    rolesGoodFor(60);
    const { config } = testSessions().client(SSMClient, member);
    expect(await config.credentials()).toMatchObject({ accessKeyId: 'key-1', sessionToken: 'token' });
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
      RoleArn: 'arn:aws:iam::100000000001:role/spoke',
      RoleSessionName: 'ami-rollout',
      ExternalId: 'secret-word',
    });
  });

  it('carry the campaign in the name and as a tag, and share nothing with another campaign', async () => {
    rolesGoodFor(60);
    let campaign: string | null = 'campaign-1';
    const sessions = testSessions(hub, () => campaign);
    const first = sessions.client(SSMClient, member);
    await first.config.credentials();
    expect(sessions.client(SSMClient, member)).toBe(first);
    campaign = `campaign ${'x'.repeat(80)}é`;
    const second = sessions.client(SSMClient, member);
    expect(second).not.toBe(first);
    await second.config.credentials();
    const [one, two] = sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input);
    expect(one).toMatchObject({
      RoleSessionName: 'ami-rollout-campaign-1',
      Tags: [{ Key: 'ami-rollout:campaign', Value: 'campaign-1' }],
    });
    expect(two?.RoleSessionName).toMatch(/^ami-rollout-campaign-x{43}$/);
    expect(two?.Tags).toEqual([{ Key: 'ami-rollout:campaign', Value: campaign }]);
  });

  it('of the hub’s own account serve every campaign', () => {
    let campaign = 'a';
    const sessions = testSessions(hub, () => campaign);
    const client = sessions.client(SSMClient, hub);
    campaign = 'b';
    expect(sessions.client(SSMClient, hub)).toBe(client);
  });

  it('of the campaigns before the last eight are let go', () => {
    let campaign = 0;
    const sessions = testSessions(hub, () => `campaign-${campaign}`);
    const first = sessions.client(SSMClient, member);
    for (campaign = 1; campaign < 8; campaign += 1) sessions.client(SSMClient, member);
    campaign = 0;
    expect(sessions.client(SSMClient, member)).toBe(first);
    campaign = 8;
    sessions.client(SSMClient, member);
    campaign = 0;
    expect(sessions.client(SSMClient, member)).not.toBe(first);
  });

  it.each([
    ['cn-north-1', 'arn:aws-cn:iam::1:role/spoke'],
    ['us-gov-west-1', 'arn:aws-us-gov:iam::1:role/spoke'],
  ])('name the role in the partition of %s', async (region, arn) => {
    rolesGoodFor(60);
    await testSessions({ account: '0', region }).client(SSMClient, { account: '1', region }).config.credentials();
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input.RoleArn).toBe(arn);
  });

  const credentialsOf = (sessions: ReturnType<typeof testSessions>, target: Target) =>
    sessions.client(SSMClient, target).config.credentials();

  it('share one AssumeRole among all regions and those who ask at the same time', async () => {
    rolesGoodFor(60);
    const sessions = testSessions();
    const regions = ['a', 'b', 'c', 'd'].map((region) => ({ account: member.account, region }));
    const all = await Promise.all(regions.map((target) => credentialsOf(sessions, target)));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['key-1']));
    await credentialsOf(sessions, { account: member.account, region: 'e' });
    await credentialsOf(sessions, { account: 'another', region: 'a' });
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(2);
  });

  it('renew credentials five minutes before their end, once for all', async () => {
    rolesGoodFor(60);
    const sessions = testSessions();
    await credentialsOf(sessions, { account: member.account, region: 'a' });
    const start = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(start + 54 * 60_000);
    expect(await credentialsOf(sessions, { account: member.account, region: 'a2' })).toMatchObject({
      accessKeyId: 'key-1',
    });
    jest.spyOn(Date, 'now').mockReturnValue(start + 56 * 60_000);
    const renewed = await Promise.all(
      ['b', 'c', 'd'].map((region) => credentialsOf(sessions, { account: member.account, region })),
    );
    expect(renewed.map(({ accessKeyId }) => accessKeyId)).toEqual(['key-2', 'key-2', 'key-2']);
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(2);
  });

  it('do not remember a refusal', async () => {
    sts.on(AssumeRoleCommand).rejects(sdkError('AccessDenied', 'not authorized to assume', 403));
    const sessions = testSessions();
    const refused = credentialsOf(sessions, member);
    await expect(refused).rejects.toBeInstanceOf(AccessDenied);
    await expect(refused).rejects.toThrow('AssumeRole of arn:aws:iam::100000000001:role/spoke was refused');
    rolesGoodFor(60);
    expect(await credentialsOf(sessions, member)).toMatchObject({ accessKeyId: 'key-1' });
  });

  it('say so where the answer has no credentials', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    await expect(credentialsOf(testSessions(), member)).rejects.toThrow('gave no credentials');
  });
});
