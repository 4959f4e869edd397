import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { awsSessions, type Sessions } from '../../adapters/aws/sessions.ts';
import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import type { Target } from '../../domain/target.ts';
import { hasMotoServer, startMotoServer, type MotoServer } from '../adapters/moto-server.ts';
import { runCli } from './run-cli.ts';

/** moto's own account is the hub; roles lead to accounts of their own. */
const hub: Target = { account: '123456789012', region: 'eu-west-1' };
const member: Target = { account: '012345678901', region: 'us-east-1' };

const configuration = {
  hub,
  families: { 'al2023-base': {} },
  targets: { list: [hub, member] },
  people: ['ana', 'ben'].map((id) => ({ id, oidc: [id] })),
};

/** A stack without instances; only its parameters show. */
const topic = JSON.stringify({
  Parameters: { ImageId: { Type: 'String' }, Secret: { Type: 'String', Default: 'do-not-write' } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'ImageId' } } } },
});

const group = JSON.stringify({
  Parameters: { ImageId: { Type: 'AWS::EC2::Image::Id' } },
  Resources: {
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { ImageId: { Ref: 'ImageId' }, InstanceType: 't3.micro' } },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: 1 } },
      Properties: {
        MinSize: '2',
        MaxSize: '2',
        AvailabilityZones: [`${hub.region}a`],
        // CloudFormation sets this tag by itself, moto does not.
        Tags: [{ Key: 'aws:cloudformation:stack-id', Value: { Ref: 'AWS::StackId' }, PropagateAtLaunch: true }],
        LaunchTemplate: {
          LaunchTemplateId: { Ref: 'Template' },
          Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] },
        },
      },
    },
  },
});

const patient = 60_000;

describe('ami-rollout inventory', () => {
  if (!hasMotoServer) {
    it.skip('is not tested: moto_server is not on the PATH (pip install "moto[server]")', () => undefined);
    return;
  }
  const credentials = { AWS_ACCESS_KEY_ID: 'hub-key', AWS_SECRET_ACCESS_KEY: 'hub-secret', AWS_REGION: hub.region };
  let server: MotoServer;
  let sessions: Sessions;
  let folder: string;
  let image: string;

  const file = (name: string): string => join(folder, name);
  const inventory = (...args: string[]) =>
    runCli(['inventory', '--config', file('rollout.config.mjs'), ...args], {
      env: { ...credentials, AWS_ENDPOINT_URL: server.endpoint },
    });
  const read = (name: string) => JSON.parse(readFileSync(file(name), 'utf8')) as FleetInventory;

  const create = (target: Target, name: string, image: string, tags: Record<string, string>, template = topic) =>
    sessions.client(CloudFormationClient, target).send(
      new CreateStackCommand({
        StackName: name,
        TemplateBody: template,
        Parameters: [{ ParameterKey: 'ImageId', ParameterValue: image }],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );

  beforeAll(async () => {
    server = await startMotoServer();
    Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: server.endpoint });
    sessions = awsSessions(hub, () => ({ roleName: 'ami-rollout-spoke', externalId: 'ami-rollout' }));
    folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
    writeFileSync(file('rollout.config.mjs'), `export default ${JSON.stringify(configuration)};`);

    const family = { 'ami-rollout:family': 'al2023-base' };
    const { ImageId = '' } = await sessions.client(EC2Client, hub).send(new RegisterImageCommand({ Name: 'base' }));
    image = ImageId;
    // More than a page of stacks that are none of our business, with the first and the last one of it between them.
    await create(hub, 'web', image, { ...family, 'ami-rollout:ring': 'canary', team: 'secret' }, group);
    for (let nth = 0; nth < 60; nth += 1) await create(hub, `other-${nth}`, image, { team: 'b' });
    await create(hub, 'nothing', 'no image', family);
    // Mode ssm is not tested here: moto shows of such a parameter what it resolves to, and not its name.
    await create(member, 'api', image, family);
  }, patient);

  afterAll(async () => {
    for (const name of [...Object.keys(credentials), 'AWS_ENDPOINT_URL']) Reflect.deleteProperty(process.env, name);
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  it(
    'writes what takes part, over all pages and accounts, and tells it in a table',
    async () => {
      const { code, stdout, stderr } = await inventory('--out', file('fleet.json'));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const written = read('fleet.json');
      expect(written.stacks).toMatchObject([
        { stackName: 'api', ...member, mode: 'parameter', image, ring: null, running: {} },
        { stackName: 'web', ...hub, mode: 'parameter', image, ring: 'canary', running: { [image]: 2 } },
      ]);
      expect(written.leftOut).toMatchObject([
        { stackName: 'nothing', ...hub, reason: 'no parameter of the stack holds an image id' },
      ]);
      expect(written.counts).toEqual({ targets: 2, seen: 63, notOptedIn: 60, otherFamilies: 0 });
      expect(JSON.stringify(written)).not.toMatch(/secret|do-not-write|other-/);

      expect(stdout).toContain(`2 stacks in 2 targets, written to ${file('fleet.json')}\n`);
      expect(stdout).toMatch(/123456789012\/eu-west-1 +1 +0 +1 +1 × ami-/);
      expect(stdout).toContain('Rings: by share 1, canary 1.\n');
      expect(stdout).toContain('60 stacks did not opt in');
      expect(stdout).toContain('  - nothing (123456789012/eu-west-1): no parameter of the stack holds an image id\n');
    },
    patient,
  );

  it(
    'writes a file that a rehearsal takes for its fleet',
    async () => {
      const taken = await inventory('--out', file('again.json'), '--no-instances', '--json');
      expect(JSON.parse(taken.stdout)).toEqual(read('again.json'));
      const { code, stdout, stderr } = await runCli(['rehearse', '--from', file('again.json'), '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { stacks } = JSON.parse(stdout) as { stacks: { stack: string }[] };
      expect(stacks.sort((a, b) => a.stack.localeCompare(b.stack))).toMatchObject([
        { stack: 'api', ...member, ring: 'canary', mode: 'parameter', before: image, status: 'done' },
        { stack: 'web', ...hub, ring: 'canary', mode: 'parameter', before: image, status: 'done' },
      ]);
    },
    patient,
  );

  it(
    'is read afresh by a drill, which puts everything back and changes nothing',
    async () => {
      const { code, stdout, stderr } = await runCli(['drill', '--config', file('rollout.config.mjs'), '--json'], {
        env: { ...credentials, AWS_ENDPOINT_URL: server.endpoint },
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      // `web` alone: a claim would refuse the others.
      expect((JSON.parse(stdout) as { families: unknown[] }).families).toMatchObject([
        { family: 'al2023-base', passed: true, outcome: 'RESTORED', stacks: 1, touched: 1, back: 1 },
      ]);
    },
    patient,
  );

  it(
    'leaves out, with their templates read, what a claim would refuse',
    async () => {
      const { code } = await inventory('--out', file('templates.json'), '--templates', '--family', 'al2023-base');
      expect(code).toBe(0);
      const { stacks, leftOut } = read('templates.json');
      expect(stacks).toMatchObject([{ stackName: 'web', replacement: 'rolling', running: { [image]: 2 } }]);
      expect(leftOut.map(({ stackName }) => stackName)).toEqual(['api', 'nothing']);
    },
    patient,
  );

  it(
    'reads with a role of your own from any account',
    async () => {
      // The shipped configuration: its hub is another account than that of the credentials.
      const out = file('role.json');
      const { code, stderr } = await inventory('--out', out, '--config', 'rollout.config.ts', '--role', 'ReadOnly');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(read('role.json')).toMatchObject({ stacks: [], unreachable: [], counts: { targets: 4, seen: 0 } });
    },
    patient,
  );

  it(
    'says what is wrong before it asks for anything, and exits with 1',
    async () => {
      const cases: [string[], Readonly<Record<string, string>>, string][] = [
        [['--out', file('no/fleet.json')], {}, `--out ${file('no/fleet.json')}: there is no folder ${file('no')}`],
        [['--out', file('x.json'), '--family', 'al2'], {}, 'there is no family al2 in '],
        [
          ['--out', file('x.json')],
          { AWS_ACCESS_KEY_ID: '' },
          'the AWS credentials cannot be used: GetCallerIdentity ',
        ],
        [
          ['--out', file('x.json'), '--config', 'rollout.config.ts'],
          {},
          'the AWS credentials are those of account 123456789012, the hub is 111122223333: ',
        ],
      ];
      for (const [args, env, message] of cases) {
        const { code, stdout, stderr } = await runCli(['inventory', '--config', file('rollout.config.mjs'), ...args], {
          env: { ...credentials, AWS_ENDPOINT_URL: server.endpoint, HOME: folder, ...env },
        });
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toContain(`error: ${message}`);
      }
    },
    patient,
  );
});
