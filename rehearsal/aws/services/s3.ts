import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

const bytesOf = (body: PutObjectCommandInput['Body']): Uint8Array => {
  if (body === undefined) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new Error('The simulated S3 takes strings and byte arrays as Body.');
};

/** The part of the SDK's streaming body that readers use. */
const bodyOf = (bytes: Uint8Array): NonNullable<GetObjectCommandOutput['Body']> =>
  ({
    transformToString: (encoding?: string) => Promise.resolve(new TextDecoder(encoding ?? 'utf-8').decode(bytes)),
    transformToByteArray: () => Promise.resolve(bytes),
  }) as NonNullable<GetObjectCommandOutput['Body']>;

/** S3: versioned objects in memory. */
export const s3 = (world: World): Operations => {
  const putObject = (input: PutObjectCommandInput): Reply<PutObjectCommandOutput> => {
    const { Bucket = '', Key = '', Body, ContentType, Metadata = {}, IfNoneMatch } = input;
    if (IfNoneMatch === '*' && world.objects.get(Bucket, Key) !== undefined) {
      throw new SimulatedError(
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        412,
      );
    }
    const version = world.objects.put(Bucket, Key, {
      bytes: bytesOf(Body),
      contentType: ContentType,
      metadata: Metadata,
      writtenAt: Date.now(),
    });
    return { VersionId: version, ETag: `"${version}"` };
  };

  const getObject = ({ Bucket = '', Key = '', VersionId }: GetObjectCommandInput): Reply<GetObjectCommandOutput> => {
    const object = world.objects.get(Bucket, Key, VersionId);
    if (object === undefined) throw new SimulatedError('NoSuchKey', 'The specified key does not exist.', 404);
    const { bytes } = object;
    return {
      Body: bodyOf(bytes),
      VersionId: object.versionId,
      ETag: `"${object.versionId}"`,
      ContentLength: bytes.length,
      LastModified: new Date(object.writtenAt),
      Metadata: { ...object.metadata },
      ...(object.contentType !== undefined && { ContentType: object.contentType }),
    };
  };

  return { PutObject: putObject, GetObject: getObject };
};
