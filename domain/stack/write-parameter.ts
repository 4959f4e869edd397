import { ForeignChange, ParameterNotValidated } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records.ts';
import { rememberedParameter, rememberParameter } from '../store/parameters.ts';
import type { Direction } from '../words.ts';
import { assertFence } from './fence.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'parameters'>;

const validationSeconds = 30;

/**
 * Waits until SSM shows the written value: a parameter of data type `aws:ec2:image` is validated after PutParameter has
 * answered, and one that fails validation never becomes visible.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 */
const awaitValidation = async (
  { parameters, clock }: Needs,
  record: StackRecord,
  name: string,
  value: string,
  version: number,
) => {
  for (let second = 0; second < validationSeconds; second += 1) {
    const now = await parameters.find(record, name);
    if (now && now.version >= version && now.value === value) return;
    await clock.sleep(1000);
  }
  throw new ParameterNotValidated(
    `SSM parameter ${name} does not show ${value} ${validationSeconds} seconds after it was written: is the image usable in ${record.account}/${record.region}?`,
  );
};

/**
 * Writes the image into the SSM parameter that the stack reads; by compare-and-set: a value that is neither the previous
 * one nor the campaign's belongs to somebody else. Stacks that share the parameter share its recorded previous value.
 */
export const writeParameter = async (ports: Needs, record: StackRecord, direction: Direction): Promise<void> => {
  const name = record.ssmParameter;
  if (name === null || !record.previous) return;
  const now = await ports.parameters.find(record, name);
  if (!now) throw new ForeignChange(`SSM parameter ${name} was deleted`);
  const { value, version } = now;
  const remembered =
    direction === 'forward'
      ? await rememberParameter(ports, {
          campaignId: record.campaignId,
          account: record.account,
          region: record.region,
          name,
          previous: { value, version },
          image: record.image,
        })
      : await rememberedParameter(ports, record.campaignId, record, name);
  // A parameter that had the campaign's image before its stack did cannot take the stack back: its image can.
  const before = remembered?.previous.value ?? record.previous.image;
  const back = before === record.image ? record.previous.image : before;
  const wanted = direction === 'forward' ? record.image : back;
  if (value === wanted) return;
  if (value !== record.image && value !== back)
    throw new ForeignChange(`SSM parameter ${name} holds ${value}, which this campaign has not written`);
  await assertFence(ports, record, direction);
  await awaitValidation(ports, record, name, wanted, await ports.parameters.putImage(record, name, wanted));
};
