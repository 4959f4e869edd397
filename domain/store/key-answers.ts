import type { KeyFacts, Keys } from '../ports/keys.ts';
import type { Ports } from '../ports/index.ts';
import type { Key } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** What EC2 or KMS has answered, and when. */
interface KeyAnswer<A> {
  readonly schemaVersion: number;
  /** ISO 8601. */
  readonly at: string;
  readonly answer: A;
}

/** So long an answer is believed: a key that is mended, or switched off, during a campaign is noticed. */
const believedMinutes = 10;

const remembered = async <A>(
  { table, clock }: Pick<Ports, 'table' | 'clock'>,
  key: Key,
  ask: () => Promise<A>,
): Promise<A> => {
  const item = await table.get(key);
  const known = item && typedItem<KeyAnswer<A>>(item);
  const now = clock.now();
  if (known && now.getTime() - Date.parse(known.at) < believedMinutes * 60_000) return known.answer;
  const answer = await ask();
  await table.put(key, { schemaVersion, at: now.toISOString(), answer });
  return answer;
};

/**
 * The keys of images, each asked for once in a while for a whole campaign: thousands of stacks run the same image, and
 * all of them would ask the hub's DescribeSnapshots.
 */
export const rememberedKeys = (ports: Pick<Ports, 'table' | 'clock' | 'keys'>, campaignId: string): Keys => ({
  ofImage: (target, imageId) =>
    remembered(ports, keys.keyAnswer(campaignId, target, imageId), () => ports.keys.ofImage(target, imageId)),
  find: async (target, keyArn) => {
    // The table has no undefined.
    const answer = await remembered<KeyFacts | 'refused' | null>(
      ports,
      keys.keyAnswer(campaignId, target, keyArn),
      async () => (await ports.keys.find(target, keyArn)) ?? null,
    );
    return answer ?? undefined;
  },
});
