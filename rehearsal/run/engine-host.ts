import type { EngineHost } from '../engine/engine-host.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { ObjectStore } from '../aws/state/object-store.ts';

/** What Step Functions needs of the world: functions, and documents in S3. */
export const runEngineHost = (
  of: { readonly lambda: () => LambdaService; readonly objects: () => ObjectStore },
  told: Pick<EngineHost, 'onStatusChange' | 'onStep'>,
): EngineHost => ({
  invokeFunction: (arn, payload) => of.lambda().invoke(arn, payload, 'copied'),
  readItems: async (bucket, key) => {
    const text = of.objects().text(bucket, key);
    if (text === undefined) throw new Error(`there is no object ${key} in ${bucket}`);
    return Promise.resolve(JSON.parse(text) as unknown[]);
  },
  writeResults: async (bucket, key, body) => {
    const bytes = new TextEncoder().encode(body);
    of.objects().put(bucket, key, { bytes, contentType: 'application/json', metadata: {}, writtenAt: Date.now() });
    return Promise.resolve();
  },
  ...told,
});
