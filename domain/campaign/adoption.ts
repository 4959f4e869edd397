import { adoptionShares, type AdoptionShare } from '../../contracts/monitoring/metrics.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';

type Counted = Pick<StackRecord, 'status' | 'reason' | 'instances' | 'endedAt'>;

/** How far and how fast an image has come to the instances of a campaign's stacks. */
export interface Adoption {
  /** Instances of all stacks in scope. */
  readonly instances: number;
  readonly onImage: number;
  /** Of the instances, rounded down: 100 means all. */
  readonly percent: number;
  /** Hours from the making of the image until so many percent of the instances ran it; null: not reached. */
  readonly hours: Readonly<Record<AdoptionShare, number | null>>;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const isOnImage = ({ status, reason }: Counted): boolean =>
  status === 'done' || (status === 'skipped' && reason === 'current');

/** Nobody has counted the instances of a stack that was left out, or that is not claimed yet. */
const counted = (record: Counted): number | null => {
  const counts = Object.values(record.instances);
  return counts.length > 0 || isOnImage(record) ? sum(counts) : null;
};

/**
 * The adoption of a campaign's image; null where nothing is planned, or nothing is to be moved. Stacks that were left out
 * have their part in it: they do not run the image. A stack whose instances nobody has counted weighs as much as the
 * average of those that were.
 */
export const adoptionOf = (
  { builtAt, dryRun }: Pick<Campaign, 'builtAt' | 'dryRun'>,
  records: readonly Counted[],
): Adoption | null => {
  if (dryRun || records.length === 0) return null;
  const known = records.map(counted).filter((count) => count !== null);
  const average = sum(known) > 0 ? sum(known) / known.length : 1;
  const weightOf = (record: Counted): number => counted(record) ?? average;
  const total = sum(records.map(weightOf));
  const moved = records
    .filter((record) => isOnImage(record) && record.endedAt !== null)
    .map((record) => ({ at: record.endedAt ?? '', weight: weightOf(record) }))
    .sort((a, b) => a.at.localeCompare(b.at));
  const onImage = sum(moved.map(({ weight }) => weight));
  const reached = (share: number): number | null => {
    let running = 0;
    for (const { at, weight } of moved) {
      running += weight;
      // Shares of averages are no whole numbers.
      if (running + 1e-6 < (total * share) / 100) continue;
      return builtAt === '' ? null : Math.round((Date.parse(at) - Date.parse(builtAt)) / 360_000) / 10;
    }
    return null;
  };
  const [half, most, all] = adoptionShares;
  return {
    instances: Math.round(total),
    onImage: Math.round(onImage),
    percent: total === 0 ? 0 : Math.floor((100 * onImage) / total + 1e-6),
    hours: { [half]: reached(half), [most]: reached(most), [all]: reached(all) },
  };
};

/** In a sentence: `42 of 42 instances run the image (100 %); 50 % after 26.4 h, 90 % after 27 h, 100 % after 27.1 h`. */
export const adoptionText = ({ instances, onImage, percent, hours }: Adoption): string => {
  const reached = adoptionShares.flatMap((share) =>
    hours[share] === null ? [] : [`${share} % after ${hours[share]} h`],
  );
  const after = reached.length === 0 ? '' : `; ${reached.join(', ')} since it was built`;
  return `${onImage} of ${instances} instances run the image (${percent} %)${after}`;
};
