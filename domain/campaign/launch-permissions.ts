import { AccessDenied } from '../errors.ts';
import { launchOf, notSharedReason, type Launch } from '../gates/image-set.ts';
import type { Reason } from '../gates/reason.ts';
import type { ImageFacts, LaunchPermission } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import { targetName, type Target } from '../target.ts';

type Needs = Pick<Ports, 'images' | 'surroundings'>;

/** How one target comes to launch the image; `unreachable`: it refuses us, which discovery says with its reason. */
export interface TargetLaunch {
  readonly target: string;
  readonly launch: Launch | 'unreachable' | null;
  readonly reason: Reason | null;
}

/** What only the account itself knows, by whether it sees the image. */
const ask = async ({ images }: Needs, target: Target, image: ImageFacts): Promise<TargetLaunch['launch']> => {
  try {
    return (await images.find(target, image.id)) ? 'organisation' : null;
  } catch (error) {
    if (error instanceof AccessDenied) return 'unreachable';
    throw error;
  }
};

/** Another account's permissions cannot be read: each target is asked. */
const permissionOf = async ({ images, surroundings }: Needs, image: ImageFacts): Promise<LaunchPermission | null> => {
  const { account } = surroundings().hub;
  return image.owner === account ? images.launchPermission({ account, region: image.region }, image.id) : null;
};

/** Whether each of the region's targets may launch the image: one call, and one more for each target it does not name. */
export const launchPermissions = async (
  ports: Needs,
  image: ImageFacts,
  targets: readonly Target[],
): Promise<readonly TargetLaunch[]> => {
  const permission = await permissionOf(ports, image);
  return Promise.all(
    targets.map(async (target): Promise<TargetLaunch> => {
      const said = permission ? launchOf(image.owner, target.account, permission) : 'ask';
      const launch = said === 'ask' ? await ask(ports, target, image) : said;
      return {
        target: targetName(target),
        launch,
        reason: launch === null ? notSharedReason(image, target.account) : null,
      };
    }),
  );
};
