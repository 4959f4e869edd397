import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions, plainKeys } from '../../../infra/bundling/bundle-handlers.ts';
import { withoutPlainErrors } from '../../../infra/bundling/plain-errors.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const error = (name: string, traits: string, members: string): string =>
  `export var ${name}$ = [-3, n0, _X,\n    ${traits},\n    ${members}\n];\nn0_registry.registerError(${name}$, ${name});\n`;

describe('withoutPlainErrors', () => {
  it.each([
    ['NotThere', '{ [_e]: _c }', '[_M],\n    [0]'],
    ['NotThere', '{ [_aQE]: [`NotThere`, 400], [_e]: _c }', '[_m],\n    [0], 1'],
    ['NotThere', '{ [_e]: _c, [_hE]: 404 }', '[],\n    []'],
  ])('leaves %s with %s and the members %s to the base class', (name, traits, members) => {
    expect(withoutPlainErrors(error(name, traits, members))).not.toContain('registerError');
  });

  it.each([
    [
      'whose name on the wire is another',
      error('InProgressFault', '{ [_aQE]: [`InProgress`, 400] }', '[_m],\n    [0]'),
    ],
    ['with members of its own', error('Cancelled', '{ [_e]: _c }', '[_M, _CR],\n    [0, () => Reasons]')],
    ['of another name than the message', error('NotThere', '{ [_e]: _c }', '[_T],\n    [0]')],
  ])('keeps an error %s', (_, source) => {
    expect(withoutPlainErrors(source)).toBe(source);
  });
});

/** One answer of each protocol, known to its service or not, with a body as AWS sends it. */
const refusals = {
  'SSM knows it': ['ssm', 400, '{"__type":"ParameterNotFound","message":"no such parameter"}'],
  'SSM knows it by a long name': ['ssm', 400, '{"__type":"com.amazonaws.ssm#ParameterNotFound","Message":"not there"}'],
  'SSM does not know it': ['ssm', 400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'],
  'Step Functions, with a member more': ['sfn', 400, '{"__type":"ValidationException","message":"bad","reason":"API"}'],
  'Step Functions, plain': ['sfn', 400, '{"__type":"TaskTimedOut","message":"Task Timed Out"}'],
  'CloudFormation, known': [
    'cloudformation',
    400,
    '<ErrorResponse><Error><Type>Sender</Type><Code>TokenAlreadyExistsException</Code><Message>used</Message></Error><RequestId>r</RequestId></ErrorResponse>',
  ],
  'CloudFormation, unknown': [
    'cloudformation',
    400,
    '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>No updates are to be performed.</Message></Error></ErrorResponse>',
  ],
  'Auto Scaling, of another name': [
    'autoScaling',
    400,
    '<ErrorResponse><Error><Code>InstanceRefreshInProgress</Code><Message>busy</Message></Error></ErrorResponse>',
  ],
  'S3, plain': ['s3', 404, '<Error><Code>NoSuchKey</Code><Message>no key</Message><Key>k</Key></Error>'],
  'Lambda, with a member more': [
    'lambda',
    429,
    '{"Type":"User","Reason":"ConcurrentInvocationLimitExceeded","message":"slow"}',
  ],
  'a fault of the service': ['ssm', 500, '{"__type":"InternalServerError","message":"broken"}'],
} as const;

type Refuse = (service: string, status: number, body: string, name: string) => Promise<unknown>;

const entry = `
import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CloudFormationClient, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { AutoScalingClient, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
import { HttpResponse } from '@smithy/core/protocols';
import { Readable } from 'node:stream';

const calls = {
  ssm: [SSMClient, new GetParameterCommand({ Name: 'n' })],
  sfn: [SFNClient, new StartExecutionCommand({ stateMachineArn: 'arn' })],
  cloudformation: [CloudFormationClient, new UpdateStackCommand({ StackName: 's' })],
  autoScaling: [AutoScalingClient, new StartInstanceRefreshCommand({ AutoScalingGroupName: 'g' })],
  s3: [S3Client, new GetObjectCommand({ Bucket: 'bucket', Key: 'k' })],
  lambda: [LambdaClient, new InvokeCommand({ FunctionName: 'f' })],
};

export const refuse = async (service, statusCode, body, name) => {
  const [Client, command] = calls[service];
  const client = new Client({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async () => ({
        response: new HttpResponse({
          statusCode,
          headers: { 'x-amzn-requestid': 'r', ...(name ? { 'x-amzn-errortype': name } : {}) },
          body: Readable.from([Buffer.from(body)]),
        }),
      }),
    },
  });
  try {
    return await client.send(command);
  } catch (error) {
    const { name, message, $fault, $metadata, reason, Type, Reason } = error;
    return { name, message, $fault, status: $metadata?.httpStatusCode, reason, Type, Reason };
  }
};
`;

describe('what AWS refuses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
  let published: Refuse;
  let bundled: Refuse;

  beforeAll(async () => {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const load = async (name: string, plugins: readonly (typeof plainKeys)[]): Promise<Refuse> => {
      const outfile = join(folder, `${name}.mjs`);
      await build({
        stdin: { contents: entry, resolveDir: root, loader: 'js' },
        outfile,
        ...bundleOptions,
        plugins: [...plugins],
      });
      const { refuse } = (await import(pathToFileURL(outfile).href)) as { refuse: Refuse };
      return refuse;
    };
    published = await load('published', []);
    bundled = await load('bundled', [plainKeys]);
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(refusals))('reads the same in a bundle: %s', async (_, [service, status, body]) => {
    const name = service === 'lambda' ? 'TooManyRequestsException' : '';
    const expected = await published(service, status, body, name);
    expect(expected).toMatchObject({ name: expect.stringMatching(/^\w+$/), status });
    expect(await bundled(service, status, body, name)).toEqual(expected);
  });
});
