import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateTagsCommand, DeregisterImageCommand, EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../adapters/aws/clock.ts';
import { awsGroups } from '../../adapters/aws/groups.ts';
import { awsImages } from '../../adapters/aws/images.ts';
import { awsOrganization } from '../../adapters/aws/organization.ts';
import { awsParameters } from '../../adapters/aws/parameters.ts';
import { awsSessions } from '../../adapters/aws/sessions.ts';
import { awsStacks } from '../../adapters/aws/stacks.ts';
import { memoryTable } from '../../adapters/table/memory-table.ts';
import { createConsole } from '../../console/app.ts';
import type { ConsolePorts } from '../../console/ports.ts';
import type { StackFacts, Stacks } from '../../domain/ports/stacks.ts';
import { schemaVersion } from '../../domain/records/schema-version.ts';
import { storeCurrent } from '../../domain/store/promotions.ts';
import { hasMotoServer, startMotoServer, type MotoServer } from '../adapters/moto-server.ts';
import { aConfiguration } from '../domain/fakes/configuration.ts';

/** The account of whoever has no role in moto. */
const hub = { account: '123456789012', region: 'eu-west-1' };
const member = { account: '111111111111', region: 'us-east-1' };

/** moto dates every image now, and deprecating one fails there: images grow old by the clock of the product. */
const later = 40;

const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
const byParameter = { Parameters: { ImageId: { Type: 'AWS::EC2::Image::Id' } }, Resources: topic };
const bySsm = {
  Parameters: { ImageId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' } },
  Resources: topic,
};

interface DriftItem {
  readonly stackName: string;
  readonly image: string;
  readonly promoted: string | null;
  readonly ageDays: number | null;
  readonly kinds: readonly string[];
  readonly findings: readonly string[];
}

describe('latest and drift over HTTP, with the real adapters against moto', () => {
  if (!hasMotoServer) {
    it.skip('are not tested: moto_server is not on the PATH (pip install "moto[server]")', () => undefined);
    return;
  }
  let moto: MotoServer;
  let server: Server;
  let base = '';
  const before = { ...process.env };
  const images: Record<string, string> = {};
  let aheadDays = 0;

  const settings = (credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) => ({
    endpoint: moto.endpoint,
    region: hub.region,
    credentials: credentials ?? { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  // The caller names the shape that it looks at.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  const get = async <T>(path: string): Promise<{ readonly status: number; readonly body: T }> => {
    const response = await fetch(`${base}${path}`);
    return { status: response.status, body: (await response.json()) as T };
  };

  /** Images: two of the family, one that nobody has tagged, and one that is gone. */
  const makeImages = async (ec2: EC2Client): Promise<void> => {
    const register = async (name: string): Promise<string> =>
      (await ec2.send(new RegisterImageCommand({ Name: name }))).ImageId ?? '';
    const tag = (id: string) =>
      ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'ami-rollout:family', Value: 'al2023-base' }] }));
    for (const name of ['promoted', 'earlier', 'next', 'untagged', 'gone']) images[name] = await register(name);
    for (const name of ['promoted', 'earlier', 'next', 'gone']) await tag(images[name] ?? '');
    await ec2.send(new DeregisterImageCommand({ ImageId: images['gone'] }));
  };

  const makeStacks = async (cloudFormation: CloudFormationClient): Promise<void> => {
    const make = (name: string, template: object, value: string, environment: string) =>
      cloudFormation.send(
        new CreateStackCommand({
          StackName: name,
          TemplateBody: JSON.stringify(template),
          Parameters: [{ ParameterKey: 'ImageId', ParameterValue: value }],
          Tags: [
            { Key: 'ami-rollout:family', Value: 'al2023-base' },
            { Key: 'ami-rollout:environment', Value: environment },
          ],
        }),
      );
    await make('current', byParameter, images['promoted'] ?? '', 'production');
    await make('outdated', byParameter, images['earlier'] ?? '', 'production');
    await make('expired', byParameter, images['promoted'] ?? '', 'staging');
    await make('deregistered', byParameter, images['gone'] ?? '', 'staging');
    await make('untagged', byParameter, images['untagged'] ?? '', 'staging');
    await make('not-updated', bySsm, '/images/app', 'staging');
    await cloudFormation.send(
      new CreateStackCommand({ StackName: 'not-ours', TemplateBody: JSON.stringify({ Resources: topic }) }),
    );
  };

  /**
   * CloudFormation shows an SSM parameter by its name, and what the last update has resolved; moto shows its present value
   * alone. So the parameter in moto is real, and its place in the stack's description is put right here.
   */
  async function* asUpdated(pages: AsyncIterable<readonly StackFacts[]>): AsyncGenerator<readonly StackFacts[]> {
    const parameters = [{ name: 'ImageId', value: '/images/app', resolved: images['earlier'] ?? '' }];
    for await (const page of pages)
      yield page.map((stack) => (stack.name === 'not-updated' ? { ...stack, parameters } : stack));
  }

  beforeAll(async () => {
    moto = await startMotoServer();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    await makeImages(new EC2Client(settings()));
    const ssm = new SSMClient(settings());
    const put = (value: string) =>
      ssm.send(new PutParameterCommand({ Name: '/images/app', Type: 'String', Value: value, Overwrite: true }));
    await put(images['earlier'] ?? '');
    await makeStacks(new CloudFormationClient(settings()));
    await put(images['next'] ?? '');

    const configuration = aConfiguration({
      hub,
      targets: { list: [hub, member], organization: null, builders: [], roleName: 'spoke', externalId: 'word' },
    });
    const sessions = awsSessions(hub, () => configuration.targets);
    const stacks = awsStacks(sessions);
    const table = memoryTable();
    await storeCurrent(
      { table },
      {
        schemaVersion,
        campaignId: 'campaign-1',
        family: 'al2023-base',
        environment: 'production',
        ...hub,
        parameter: '/ami-rollout/al2023-base/production/image',
        image: images['promoted'] ?? '',
        previousImage: null,
        at: new Date().toISOString(),
        state: 'promoted',
      },
    );
    const ports = {
      clock: { ...systemClock, now: () => new Date(Date.now() + aheadDays * 86_400_000) },
      configuration: () => configuration,
      groups: awsGroups(sessions),
      images: awsImages(sessions),
      organization: awsOrganization(sessions),
      parameters: awsParameters(sessions),
      stacks: { ...stacks, list: (target) => asUpdated(stacks.list(target)) } satisfies Stacks,
      table,
    } as unknown as ConsolePorts;
    const ana = { kind: 'oidc', subject: 'oidc|ana', groups: [] } as const;
    const identify = () => Promise.resolve(ana);
    const errors: Error[] = [];
    const app = createConsole({ ports, people: identify, machines: identify, onError: (error) => errors.push(error) });
    const listener = getRequestListener(app.fetch);
    server = createServer((request, response) => void listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 120_000);

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    process.env = before;
    await moto.stop();
  });

  it.each(['al2023', 'al2023-minimal'])('says what is the newest %s', async (os) => {
    for (const arch of ['x86_64', 'arm64']) {
      const { status, body } = await get<{ image: string }>(`/api/images/latest?os=${os}&arch=${arch}`);
      expect({ status, body }).toMatchObject({
        status: 200,
        body: {
          image: expect.stringMatching(/^ami-[0-9a-f]+$/),
          region: hub.region,
          parameter: expect.stringContaining(
            `/aws/service/ami-amazon-linux-latest/${os.replace('al2023', 'al2023-ami')}-kernel-default-${arch}`,
          ),
        },
      });
    }
  });

  // moto knows the parameters of Amazon Linux alone, and lets nobody write below /aws.
  it.each(['ubuntu-22.04', 'ubuntu-24.04', 'windows-2019', 'windows-2022', 'windows-2025'])(
    'says which parameter it has looked for where %s is not published',
    async (os) => {
      const { status, body } = await get<{ detail: string }>(`/api/images/latest?os=${os}`);
      expect(status).toBe(404);
      expect(JSON.stringify(body)).toMatch(
        /eu-west-1 has no public parameter \/aws\/service\/(canonical|ami-windows-latest)\//,
      );
    },
  );

  it('names every stack that drifts, with each kind of drift and the age of its image', async () => {
    const { status, body } = await get<{ items: DriftItem[]; stacks: number }>('/api/drift');
    expect({ status, stacks: body.stacks }).toEqual({ status: 200, stacks: 6 });
    const found = Object.fromEntries(body.items.map(({ stackName, ...item }) => [stackName, item]));
    expect(Object.fromEntries(Object.entries(found).map(([name, { kinds }]) => [name, kinds]))).toEqual({
      outdated: ['outdated'],
      deregistered: ['deregistered'],
      untagged: ['untagged'],
      'not-updated': ['never updated'],
    });
    expect(found['outdated']).toMatchObject({ image: images['earlier'], promoted: images['promoted'], ageDays: 0 });
    expect(found['deregistered']).toMatchObject({ image: images['gone'], ageDays: null });
    expect(found['untagged']?.findings.join()).toContain('has no tag ami-rollout:family');
    expect(found['not-updated']?.findings.join()).toContain(`/images/app says ${images['next'] ?? ''}`);
  });

  it('names images that have grown old, with their age', async () => {
    aheadDays = later;
    const { body } = await get<{ items: DriftItem[] }>('/api/drift?family=al2023-base');
    aheadDays = 0;
    const kinds = Object.fromEntries(body.items.map((item) => [item.stackName, item.kinds]));
    expect(kinds).toEqual({
      current: ['expired'],
      expired: ['expired'],
      outdated: ['outdated', 'expired'],
      deregistered: ['deregistered'],
      untagged: ['expired', 'untagged'],
      'not-updated': ['expired', 'never updated'],
    });
    const [item] = body.items.filter(({ stackName }) => stackName === 'expired');
    expect(item).toMatchObject({ ageDays: later, findings: [expect.stringContaining('40 days old, 30 are allowed')] });
  });

  it('asks the next target too, in another account by the role there', async () => {
    const { body } = await get<unknown>('/api/drift');
    // moto keeps accounts apart: none of the hub's stacks is seen with the role.
    const targets = ['123456789012/eu-west-1', '111111111111/us-east-1'];
    expect(body).toMatchObject({ targets, remaining: 0, next: null, unknown: [] });
    expect(await get('/api/drift?cursor=target-1')).toMatchObject({
      status: 200,
      body: { items: [], targets: targets.slice(1), remaining: 0, next: null, unknown: [] },
    });
  });

  it('says what is promoted for the family', async () => {
    const { body } = await get<{ items: { image: string }[] }>('/api/families/al2023-base/latest');
    expect(body.items.map(({ image }) => image)).toEqual([images['promoted']]);
  });
});
