import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { awsPlanStore } from '../../../adapters/aws/plan-store.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const s3 = mockClient(S3Client);
const store = awsPlanStore(testSessions(), 'plans');

beforeEach(() => {
  s3.reset();
});

const body = (text: string) =>
  Object.assign(Readable.from([text]), { transformToString: () => Promise.resolve(text) }) as never;

describe('plan store', () => {
  it('puts documents as JSON', async () => {
    s3.on(PutObjectCommand).resolves({});
    await store.put('c/plan.json', { stacks: ['ä'] });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'plans',
      Key: 'c/plan.json',
      Body: '{"stacks":["ä"]}',
      ContentType: 'application/json',
    });
    expect(store.bucket).toBe('plans');
  });

  it('gets them back', async () => {
    s3.on(GetObjectCommand, { Bucket: 'plans', Key: 'c/plan.json' }).resolves({ Body: body('{"stacks":["ä"]}') });
    expect(await store.get('c/plan.json')).toEqual({ stacks: ['ä'] });
  });

  it('names the document that is missing or empty', async () => {
    s3.on(GetObjectCommand).rejects(sdkError('NoSuchKey', 'The specified key does not exist.', 404));
    await expect(store.get('c/plan.json')).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'GetObject of s3://plans/c/plan.json: The specified key does not exist.',
    });
    s3.on(GetObjectCommand).resolves({});
    await expect(store.get('c/plan.json')).rejects.toThrow('s3://plans/c/plan.json is empty');
  });
});
