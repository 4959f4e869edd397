import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { ImageHold } from '../records/image-hold.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Table = Pick<Ports, 'table'>;
type Place = Pick<ImageHold, 'region' | 'imageId'>;

/** Every image that is or was kept as a way back. */
export const imageHolds = ({ table }: Table): AsyncGenerator<ImageHold> =>
  typedItems<ImageHold>(table, { partition: keys.imageHold('', '').pk });

export const findImageHold = async ({ table }: Table, { region, imageId }: Place): Promise<ImageHold | undefined> => {
  const item = await table.get(keys.imageHold(region, imageId));
  return item && typedItem<ImageHold>(item);
};

/**
 * Changes the record from what it is at that moment; a promotion and the daily look may come together. `change` is called
 * anew for each try and gives nothing where nothing is to be written; the record is given as it is afterwards.
 */
export const changeImageHold = async (
  ports: Table,
  place: Place,
  change: (now: ImageHold | undefined) => Omit<ImageHold, 'revision'> | null | undefined,
): Promise<ImageHold | undefined> => {
  for (let attempt = 1; ; attempt += 1) {
    const now = await findImageHold(ports, place);
    const next = change(now);
    if (next === null || next === undefined) return now;
    const item: ImageHold = { ...next, revision: (now?.revision ?? 0) + 1 };
    try {
      const condition = now === undefined ? { exists: false } : { equals: { revision: now.revision } };
      await ports.table.put(keys.imageHold(place.region, place.imageId), { ...item }, condition);
      return item;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === 10) throw error;
    }
  }
};
