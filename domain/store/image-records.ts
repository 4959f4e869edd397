import { RecordChanged } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion, type Campaign, type ImageRecord, type TaggedVerdict, type VerdictTag } from '../records.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** What gates have found of the build; undefined where none has judged it yet. */
export const findImageRecord = async (
  { table }: Pick<Ports, 'table'>,
  { family, build }: Pick<Campaign, 'family' | 'build'>,
): Promise<ImageRecord | undefined> => {
  const item = await table.get(keys.imageRecord(family, build));
  return item && typedItem<ImageRecord>(item);
};

const mostAttempts = 10;

/**
 * Records the verdict that a tag stands for. The latest one counts, whoever comes last; of two writers at once, one reads
 * again.
 */
export const recordOnImage = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  { family, build, image, imageSet }: Pick<Campaign, 'family' | 'build' | 'image' | 'imageSet'>,
  tag: VerdictTag,
  verdict: TaggedVerdict,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const known = await findImageRecord(ports, { family, build });
    const before = known?.verdicts[tag];
    if (before && before.at > verdict.at) return;
    const record: ImageRecord = {
      schemaVersion,
      family,
      build,
      version: (known?.version ?? 0) + 1,
      images: { ...known?.images, ...imageSet, [image.region]: image.id },
      verdicts: { ...known?.verdicts, [tag]: verdict },
    };
    try {
      await ports.table.put(
        keys.imageRecord(family, build),
        { ...record },
        known ? { equals: { version: known.version } } : { exists: false },
      );
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (attempt === mostAttempts)
        throw new RecordChanged(`the record of build ${build} is written by many at once`, { cause: error });
      await ports.clock.sleep(20 * attempt);
    }
  }
};
