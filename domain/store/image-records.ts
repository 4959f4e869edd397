import { RecordChanged } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import type { ImageRecord, Revocation, TaggedVerdict, VerdictTag } from '../records/image-record.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

/** What gates have found of the build; undefined where none has judged it yet. */
export const findImageRecord = async (
  { table }: Pick<Ports, 'table'>,
  { family, build }: Pick<Campaign, 'family' | 'build'>,
): Promise<ImageRecord | undefined> => {
  const item = await table.get(keys.imageRecord(family, build));
  return item && typedItem<ImageRecord>(item);
};

const mostAttempts = 10;

/** Revoked builds are in this partition of the index, by the time of their revocation. */
const revokedPartition = 'REVOKED';

/** What is changed of a record; nothing: it stays as it is. */
type ImageChange = Partial<Pick<ImageRecord, 'verdicts' | 'revoked'>> | null;

/** Changes a build's record from what it is at that moment; of two writers at once, one reads again. */
const changeImageRecord = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  { family, build, image, imageSet }: Pick<Campaign, 'family' | 'build' | 'image' | 'imageSet'>,
  change: (known: ImageRecord | undefined) => ImageChange,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const known = await findImageRecord(ports, { family, build });
    const changes = change(known);
    if (changes === null) return;
    const record: ImageRecord = {
      schemaVersion,
      family,
      build,
      version: (known?.version ?? 0) + 1,
      images: { ...known?.images, ...imageSet, [image.region]: image.id },
      verdicts: known?.verdicts ?? {},
      revoked: known?.revoked ?? null,
      ...changes,
    };
    const index = record.revoked ? { ipk: revokedPartition, isk: `${record.revoked.at}#${build}` } : {};
    try {
      await ports.table.put(
        keys.imageRecord(family, build),
        { ...record, ...index },
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

/** Records the verdict that a tag stands for. The latest one counts, whoever comes last. */
export const recordOnImage = (
  ports: Pick<Ports, 'table' | 'clock'>,
  campaign: Pick<Campaign, 'family' | 'build' | 'image' | 'imageSet'>,
  tag: VerdictTag,
  verdict: TaggedVerdict,
): Promise<void> =>
  changeImageRecord(ports, campaign, (known) => {
    const before = known?.verdicts[tag];
    return before && before.at > verdict.at ? null : { verdicts: { ...known?.verdicts, [tag]: verdict } };
  });

/** Records that the build is revoked, or with null that it is no more. The first revocation stands. */
export const recordRevocation = (
  ports: Pick<Ports, 'table' | 'clock'>,
  campaign: Pick<Campaign, 'family' | 'build' | 'image' | 'imageSet'>,
  revoked: Revocation | null,
): Promise<void> =>
  changeImageRecord(ports, campaign, (known) =>
    (revoked === null) === ((known?.revoked ?? null) === null) ? null : { revoked },
  );

/** Every build that is revoked. */
export const revokedBuilds = ({ table }: Pick<Ports, 'table'>): AsyncGenerator<ImageRecord> =>
  typedItems<ImageRecord>(table, { index: 'byIndex', partition: revokedPartition });
