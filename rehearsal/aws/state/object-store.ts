import { PackedBytes } from '../../packed-bytes.ts';

/** One version of an object. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly writtenAt: number;
}

/** Objects of this size are kept packed. */
const largeBytes = 64 * 1024;

/** What is to be stored. */
export type ObjectToStore = Omit<StoredObject, 'bytes'> & { readonly bytes: Uint8Array | PackedBytes };

/** Large ones are unpacked when they are read, and each time anew. */
const stored = ({ bytes, ...rest }: ObjectToStore): StoredObject => {
  if (bytes instanceof Uint8Array && bytes.length < largeBytes) return { ...rest, bytes };
  const packed = bytes instanceof PackedBytes ? bytes : new PackedBytes().add(bytes);
  return {
    ...rest,
    get bytes() {
      return packed.unpacked();
    },
  };
};

/** S3's objects: versioned buckets that need not be created. */
export class ObjectStore {
  readonly #buckets = new Map<string, Map<string, StoredObject[]>>();

  /** @returns the version's id */
  put(bucket: string, key: string, object: ObjectToStore): string {
    const versions = this.#versions(bucket, key) ?? [];
    versions.push(stored(object));
    let keys = this.#buckets.get(bucket);
    if (keys === undefined) this.#buckets.set(bucket, (keys = new Map<string, StoredObject[]>()));
    keys.set(key, versions);
    return versionId(versions.length);
  }

  /** The object's newest version, or the named one. */
  get(bucket: string, key: string, version?: string): (StoredObject & { readonly versionId: string }) | undefined {
    const versions = this.#versions(bucket, key) ?? [];
    const nth =
      version === undefined ? versions.length : versions.findIndex((_, i) => versionId(i + 1) === version) + 1;
    const object = versions[nth - 1];
    return object && Object.assign(Object.create(object) as StoredObject, { versionId: versionId(nth) });
  }

  /** The object's newest version, or the named one, as text: what a runner's item reader wants. */
  text(bucket: string, key: string, version?: string): string | undefined {
    const object = this.get(bucket, key, version);
    return object && new TextDecoder().decode(object.bytes);
  }

  /** The keys of a bucket that start with a prefix, in order. */
  keys(bucket: string, prefix = ''): string[] {
    return [...(this.#buckets.get(bucket)?.keys() ?? [])].filter((key) => key.startsWith(prefix)).sort();
  }

  /** Every version of every object, the oldest of each first. */
  *all(): Generator<{ readonly bucket: string; readonly key: string; readonly object: StoredObject }> {
    for (const [bucket, keys] of this.#buckets)
      for (const [key, versions] of keys) for (const object of versions) yield { bucket, key, object };
  }

  #versions(bucket: string, key: string): StoredObject[] | undefined {
    return this.#buckets.get(bucket)?.get(key);
  }
}

const versionId = (nth: number): string => `v${String(nth).padStart(6, '0')}`;
