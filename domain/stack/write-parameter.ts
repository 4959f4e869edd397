import { ForeignChange } from '../errors.ts';
import { awaitImage } from '../parameters/await-image.ts';
import type { ParameterFacts } from '../ports/parameters.ts';
import type { Ports } from '../ports/index.ts';
import type { ParameterRecord } from '../records/parameter-record.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { noteVersion, rememberedParameter, rememberParameter, takeTurn } from '../store/parameters.ts';
import type { Direction } from '../words.ts';
import { assertFence } from './fence.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'parameters'>;

/** The campaign's record of the parameter; the first stack that comes forward makes it. */
const recordOf = (
  ports: Needs,
  { campaignId, account, region, image }: StackRecord,
  { name, value, version }: ParameterFacts,
  direction: Direction,
): Promise<ParameterRecord | undefined> =>
  direction === 'forward'
    ? rememberParameter(ports, { campaignId, account, region, name, previous: { value, version }, image })
    : rememberedParameter(ports, campaignId, { account, region }, name);

/** A write of the campaign that has been answered and is not to be seen yet, because its validation takes time. */
const isPending = (version: number | null | undefined, now: ParameterFacts): boolean => now.version < (version ?? 0);

/**
 * Writes the image into the SSM parameter that the stack, or a launch of its instances, reads; by compare-and-set: a value
 * that is neither the previous one nor the campaign's belongs to somebody else. Stacks that share the parameter share its
 * record: one of them writes, once in each direction, and all of them wait until the value is to be seen.
 */
export const writeParameter = async (ports: Needs, record: StackRecord, direction: Direction): Promise<void> => {
  const name = record.ssmParameter;
  if (name === null || !record.previous) return;
  const now = await ports.parameters.find(record, name);
  if (!now) throw new ForeignChange(`SSM parameter ${name} was deleted`);
  const known = await recordOf(ports, record, now, direction);
  // A parameter that had the campaign's image before its stack did cannot take the stack back: its image can.
  const before = known?.previous.value ?? record.previous.image;
  const back = before === record.image ? record.previous.image : before;
  const wanted = direction === 'forward' ? record.image : back;
  // On the way back, a forward write that is still to be seen would come after us: ours has to be the last one.
  const overtaken = direction === 'restore' && isPending(known?.forwardVersion, now) && known?.restoreVersion === null;
  if (now.value === wanted && !overtaken) return;
  if (now.value !== record.image && now.value !== back)
    throw new ForeignChange(`SSM parameter ${name} holds ${now.value}, which this campaign has not written`);

  const written = known?.[`${direction}Version`] ?? null;
  if (isPending(written, now)) return awaitImage(ports, record, name, wanted, written);
  if (known && !(await takeTurn(ports, known, direction, record.stackId)))
    return awaitImage(ports, record, name, wanted, null);
  await assertFence(ports, record, direction);
  const version = await ports.parameters.putImage(record, name, wanted, now.dataType);
  if (known) await noteVersion(ports, known, direction, version);
  return awaitImage(ports, record, name, wanted, version);
};
