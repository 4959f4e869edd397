import type { EngineHost } from '../engine/engine-host.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { ObjectStore } from '../aws/state/object-store.ts';
import type { World } from '../aws/world.ts';

/** The documents in S3, unless it is out. */
const reachable = (world: World): ObjectStore => {
  if (world.isOut('s3', world.hubRegion)) throw new Error('Service Unavailable (Service: S3, Status Code: 503)');
  return world.objects;
};

/** What Step Functions needs of the world: functions, and documents in S3. */
export const runEngineHost = (
  of: { readonly lambda: () => LambdaService; readonly world: () => World },
  told: Pick<EngineHost, 'onStatusChange' | 'onStep' | 'onData'>,
): EngineHost => ({
  invokeFunction: (arn, payload) => of.lambda().invoke(arn, payload, 'copied'),
  readItems: async (bucket, key) => {
    const text = reachable(of.world()).text(bucket, key);
    if (text === undefined) throw new Error(`there is no object ${key} in ${bucket}`);
    return Promise.resolve(JSON.parse(text) as unknown[]);
  },
  writeResults: async (bucket, key, body) => {
    reachable(of.world()).put(bucket, key, {
      bytes: body,
      contentType: 'application/json',
      metadata: {},
      writtenAt: Date.now(),
    });
    return Promise.resolve();
  },
  ...told,
});
