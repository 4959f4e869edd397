import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { PlanStore } from '../../domain/ports/plan-store.ts';
import { call } from './errors.ts';
import type { Sessions } from './sessions.ts';

/**
 * Documents, most of them JSON, in one bucket of the hub. The bucket itself encrypts and keeps versions; a document that is put twice
 * keeps both.
 */
export const awsPlanStore = (sessions: Sessions, bucket: string): PlanStore => {
  const putText = async (key: string, text: string, contentType: string): Promise<void> => {
    await call(`PutObject of s3://${bucket}/${key}`, () =>
      sessions
        .client(S3Client, sessions.hub)
        .send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType })),
    );
  };
  const getText = async (key: string): Promise<string> => {
    const text = await call(`GetObject of s3://${bucket}/${key}`, async () => {
      const { Body } = await sessions
        .client(S3Client, sessions.hub)
        .send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body?.transformToString('utf-8');
    });
    if (text === undefined) throw new Error(`s3://${bucket}/${key} is empty: write the document again`);
    return text;
  };
  return {
    bucket,
    putText,
    getText,
    put: (key, document) => putText(key, JSON.stringify(document), 'application/json'),
    get: async (key) => JSON.parse(await getText(key)) as unknown,
  };
};
