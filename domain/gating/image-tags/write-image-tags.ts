import { RecordChanged } from '../../errors.ts';
import type { Ports } from '../../ports/index.ts';
import type { ImageRecord } from '../../records/image-record.ts';
import { noteDecision } from '../../store/campaigns.ts';
import { revokedTag } from '../../words.ts';
import { findImageRecord } from '../../store/image-records.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'images' | 'surroundings'>;

/** Whose images, and the campaign in whose trail the writing stands. */
interface TagRequest extends Pick<ImageRecord, 'family' | 'build'> {
  readonly campaignId: string;
}

const mostAttempts = 10;

/** Writes the tags that differ; an image that is gone needs none. */
const write = async (ports: Needs, record: ImageRecord, campaignId: string): Promise<number> => {
  const { account } = ports.surroundings().hub;
  const verdicts = Object.fromEntries(Object.entries(record.verdicts).map(([key, { value }]) => [key, value]));
  const { revoked = null } = record;
  const tags = { ...verdicts, ...(revoked && { [revokedTag]: `${revoked.at} by ${revoked.by}` }) };
  let written = 0;
  for (const [region, id] of Object.entries(record.images)) {
    const image = await ports.images.find({ account, region }, id);
    const stale = revoked === null && image?.tags[revokedTag] !== undefined;
    const keys = [...Object.keys(tags), ...(stale ? [revokedTag] : [])];
    const before = image && Object.fromEntries(keys.map((key) => [key, image.tags[key] ?? null]));
    const right = before && Object.entries(tags).every(([key, value]) => before[key] === value);
    if (!before || (right && !stale)) continue;
    await noteDecision(ports, campaignId, {
      who: 'Write Image Tags',
      what: `tags of image ${id} set`,
      why: 'the tags of an image follow what is on record of it',
      evidence: { region, before, tags, version: record.version },
    });
    if (!right) await ports.images.tag({ account, region }, id, tags);
    if (stale) await ports.images.untag({ account, region }, id, { [revokedTag]: null });
    written += 1;
  }
  return written;
};

/**
 * The use case behind Write Image Tags, the one writer of verdicts' tags: whoever calls it, and however many at once, the
 * tags end as the record is. Each reads the record again after its write; one that was overtaken writes once more.
 */
export const writeImageTags =
  (ports: Needs) =>
  async ({ campaignId, ...of }: TagRequest): Promise<{ readonly written: number }> => {
    let written = 0;
    let record = await findImageRecord(ports, of);
    for (let attempt = 1; record; attempt += 1) {
      written += await write(ports, record, campaignId);
      const now = await findImageRecord(ports, of);
      if (now?.version === record.version) return { written };
      if (attempt === mostAttempts)
        throw new RecordChanged(`the record of build ${of.build} is written by many at once`);
      record = now;
    }
    return { written };
  };
