import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Alert } from '../records/alert.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Whoever has taken an alert and is not done with it after this time has died. */
const patienceMinutes = 15;

const keyOf = ({ family, build, fingerprint }: Alert) => keys.alert(family, build, fingerprint);

/**
 * Takes the alert for the one event that tells it; of ten events about one finding, one tells. Gives the record to go on
 * with, which is that of an earlier try where the same event comes again; null where nothing is left to do for us.
 */
export const takeAlert = async (ports: Needs, alert: Alert): Promise<Alert | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const item = await ports.table.get(keyOf(alert));
    const known = item && typedItem<Alert>(item);
    const age = known ? ports.clock.now().getTime() - Date.parse(known.at) : 0;
    if (known?.done === true) return null;
    if (known && known.by !== alert.by && age < patienceMinutes * 60_000) return null;
    const mine: Alert = known ? { ...known, by: alert.by, at: alert.at } : alert;
    try {
      const condition = known ? { equals: { by: known.by, at: known.at } } : { exists: false };
      await ports.table.put(keyOf(alert), { ...mine }, condition);
      return mine;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === 5) throw error;
    }
  }
};

/** Notes how far we have come with an alert that is ours. */
export const noteAlert = async ({ table }: Needs, alert: Alert): Promise<void> => {
  await table.put(keyOf(alert), { ...alert });
};
