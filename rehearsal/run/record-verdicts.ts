import type { Table } from '../../domain/ports/table.ts';
import type { ImageRecord, TaggedVerdict } from '../../domain/records/image-record.ts';
import { schemaVersion } from '../../domain/records/schema-version.ts';
import { keys } from '../../domain/store/keys.ts';
import { imageTags, revokedTag } from '../../domain/words.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** What an earlier campaign has left: what its gates found of the new image, and that it was rolled back. */
export const recordVerdicts = async (
  { table }: { readonly table: Table },
  { world, images }: ScenarioWorld,
  { image: { family, recorded, revoked } }: Pick<Scenario, 'image'>,
): Promise<void> => {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const verdicts = Object.fromEntries(
    Object.entries(recorded).map(([tag, value]): [string, TaggedVerdict] => [
      tag,
      { value, gate: tag === imageTags.scanStatus ? 'Inspector Scan' : 'Custom Gates', campaignId: 'earlier', at },
    ]),
  );
  if (Object.keys(verdicts).length === 0 && revoked === null) return;
  const known = world.images.get(world.hubRegion, images.new.get(world.hubRegion) ?? '');
  const build = known?.tags.get(imageTags.buildId) ?? known?.id ?? '';
  const record: ImageRecord = {
    schemaVersion,
    family,
    build,
    version: 1,
    images: Object.fromEntries(images.new),
    verdicts,
    revoked: revoked === null ? null : { by: 'operator', reason: revoked, at, campaignId: 'earlier' },
  };
  if (revoked !== null)
    for (const [region, id] of images.new) world.images.get(region, id)?.tags.set(revokedTag, `${at} by operator`);
  await table.put(keys.imageRecord(family, build), { ...record });
};
