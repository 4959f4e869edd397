import { ParameterNotValidated } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { targetName, type Target } from '../target.ts';

/** Pauses between looks, in milliseconds: the validation takes seconds, and what takes longer is left to a retry. */
const pauses = [500, 500, 1000, 1000, 2000, 2000, 3000] as const;

/**
 * Waits until SSM shows the written value: a parameter of data type `aws:ec2:image` is validated after PutParameter has
 * answered, and one that fails validation never becomes visible. Not longer than ten seconds: ParameterNotValidated is
 * retried by the machine, whose waiting costs nothing, and the retry looks again without writing again.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 *
 * @param version - The version that the write gave; null where somebody else of the campaign is writing it.
 */
export const awaitImage = async (
  { parameters, clock }: Pick<Ports, 'parameters' | 'clock'>,
  target: Target,
  name: string,
  image: string,
  version: number | null,
): Promise<void> => {
  for (const pause of [...pauses, null]) {
    const now = await parameters.find(target, name);
    if (now && now.version >= (version ?? 0) && now.value === image) return;
    if (pause !== null) await clock.sleep(pause);
  }
  throw new ParameterNotValidated(
    `SSM parameter ${name} does not show ${image} after it was written: is the image usable in ${targetName(target)}?`,
  );
};
