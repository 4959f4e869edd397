import { keyUse } from '../campaign/key-use.ts';
import { AccessDenied } from '../errors.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import { rememberedKeys } from '../store/key-answers.ts';
import { targetName, type Target } from '../target.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'keys' | 'surroundings'>;

/**
 * Why no instance could be started from the image that a stack would go back to; null: nothing that can be seen speaks
 * against it. An available image is not enough: its key may be off, or be one that the account can never be given.
 */
export const whyNoWayBack = async (
  ports: Needs,
  campaignId: string,
  { account, region }: Target,
  imageId: string,
  image: ImageFacts | undefined,
): Promise<string | null> => {
  if (image?.state !== 'available')
    return `there is no way back: the image in use, ${imageId || '(none)'}, is ${image?.state ?? 'gone'}`;
  const target = { account, region };
  // The account sees the image, so it may launch it.
  const launch = { target: targetName(target), launch: 'shared', reason: null } as const;
  const { reason, targets } = await keyUse(
    { surroundings: ports.surroundings, keys: rememberedKeys(ports, campaignId) },
    image,
    [target],
    [launch],
  );
  if (targets.some((one) => one.launch === 'unreachable'))
    throw new AccessDenied(
      `${targetName(target)} does not let us ask for the key of image ${imageId}: deploy its spoke again, or see what its organisation's policies deny`,
    );
  const why = reason ?? targets.find((one) => one.reason !== null)?.reason;
  return why ? `there is no way back to the image in use. ${why.text}` : null;
};
