import { AccessDenied } from '../errors.ts';
import { accountKeyReason, hiddenKeyReason, keyReason } from '../gates/image-key.ts';
import type { Reason } from '../gates/reason.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { KeyFacts } from '../ports/keys.ts';
import { targetName, type Target } from '../target.ts';
import type { TargetLaunch } from './launch-permissions.ts';

type Needs = Pick<Ports, 'keys' | 'surroundings'>;

/** What is known of the keys that an image is encrypted under. */
export interface KeyUse {
  /** Null: they are shown to the image's owner only, who is another account. */
  readonly keys: readonly { readonly arn: string; readonly state: string }[] | null;
  /** Why nobody can launch the image; null: nothing that can be seen speaks against it. */
  readonly reason: Reason | null;
  /** How each target comes to launch it, by its keys too. */
  readonly targets: readonly TargetLaunch[];
}

type Seen = KeyFacts | 'refused' | undefined;

const stateOf = (seen: Seen): string =>
  seen === undefined ? 'missing' : seen === 'refused' ? 'not shown' : seen.state;

/** A target that refuses us altogether says so at discovery. */
const seenBy = async ({ keys }: Needs, target: Target, arn: string): Promise<Seen | 'unreachable'> => {
  try {
    return await keys.find(target, arn);
  } catch (error) {
    if (error instanceof AccessDenied) return 'unreachable';
    throw error;
  }
};

/**
 * Whether the keys of an encrypted image can be used where it is to be launched: by their state, and by whether the
 * account is let near them. That it is says nothing about grants to Auto Scaling's role there; the canary shows that.
 */
export const keyUse = async (
  ports: Needs,
  image: ImageFacts,
  targets: readonly Target[],
  launches: readonly TargetLaunch[],
): Promise<KeyUse> => {
  const unknown: KeyUse = { keys: null, reason: null, targets: launches };
  if (!image.encrypted) return { ...unknown, keys: [] };
  const owner = { account: ports.surroundings().hub.account, region: image.region };
  const arns = image.owner === owner.account ? await ports.keys.ofImage(owner, image.id) : null;
  // Another account's keys are shown to it alone; our own image must show its.
  if (arns === null && image.owner === owner.account) return { ...unknown, reason: hiddenKeyReason(image) };
  if (arns === null) return unknown;
  const seen = await Promise.all(arns.map(async (arn) => ({ arn, owner: await ports.keys.find(owner, arn) })));
  const keys = seen.map(({ arn, owner: facts }) => ({ arn, state: stateOf(facts) }));
  const reason = seen.map(({ arn, owner: facts }) => keyReason(image, arn, facts)).find((one) => one !== null) ?? null;
  if (reason !== null) return { keys, reason, targets: launches };
  const judged = await Promise.all(
    launches.map(async (launch): Promise<TargetLaunch> => {
      const target = targets.find((one) => targetName(one) === launch.target);
      if (!target || launch.reason !== null || launch.launch === 'unreachable') return launch;
      for (const { arn, owner: facts } of seen) {
        const own = target.account === owner.account ? facts : await seenBy(ports, target, arn);
        if (own === 'unreachable') return { ...launch, launch: 'unreachable' };
        const why = accountKeyReason(image, target.account, arn, { owner: facts, account: own });
        if (why !== null) return { ...launch, reason: why };
      }
      return launch;
    }),
  );
  return { keys, reason: null, targets: judged };
};
