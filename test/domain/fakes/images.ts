import { matchesGlob } from '../../../domain/gates/glob.ts';
import type { ImageFacts, Images, LaunchPermission } from '../../../domain/ports/images.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { hub, newImage } from './names.ts';

/** The new image in the hub's region, as every gate likes it. */
export const anImage = (over: Partial<ImageFacts> = {}): ImageFacts => ({
  id: newImage,
  region: hub.region,
  name: 'al2023-base-2026.11.3',
  owner: hub.account,
  state: 'available',
  architecture: 'x86_64',
  virtualization: 'hvm',
  bootMode: null,
  rootDeviceType: 'ebs',
  encrypted: true,
  createdAt: '2026-11-21T12:00:00.000Z',
  deprecatedAt: null,
  isProtected: false,
  source: null,
  tags: { 'ami-rollout:family': 'al2023-base', 'ami-rollout:category': 'base', build_id: '4711' },
  ...over,
});

/** EC2's images from memory: each is visible to every account, in its own region. */
export const fakeImages = () => {
  const held: ImageFacts[] = [];
  const write = (what: string, { region }: Target, id: string, change: (image: ImageFacts) => ImageFacts) => {
    fake.calls.push(what);
    if (fake.refusal !== undefined) return Promise.reject(fake.refusal);
    held.splice(0, held.length, ...held.map((one) => (one.region === region && one.id === id ? change(one) : one)));
    return Promise.resolve();
  };
  const fake = {
    calls: [] as string[],
    built: [] as { id: string; region: string; account: string }[],
    put: (...images: readonly ImageFacts[]) => {
      held.push(...images);
    },
    /** Takes the image out of every region. */
    remove: (id: string) => {
      held.splice(0, held.length, ...held.filter((image) => image.id !== id));
    },
    find: (target: Target, id: string) => {
      fake.calls.push(`find ${targetName(target)} ${id}`);
      return Promise.resolve(held.find((image) => image.region === target.region && image.id === id));
    },
    findByTags: ({ region }: Target, tags: Readonly<Record<string, string>>) =>
      Promise.resolve(
        held.filter(
          (image) => image.region === region && Object.entries(tags).every(([key, value]) => image.tags[key] === value),
        ),
      ),
    findByName: ({ region }: Target, pattern: string, owners: readonly string[]) =>
      Promise.resolve(
        held.filter(
          (image) => image.region === region && matchesGlob(pattern, image.name) && owners.includes(image.owner),
        ),
      ),
    findCopies: ({ region }: Target, sourceId: string) =>
      Promise.resolve(held.filter((image) => image.region === region && image.source?.id === sourceId)),
    permission: { public: true, accounts: [], organisations: [] } as LaunchPermission,
    launchPermission: (target: Target, id: string) => {
      fake.calls.push(`launchPermission ${targetName(target)} ${id}`);
      return Promise.resolve(fake.permission);
    },
    tag: (target: Target, id: string, tags: Readonly<Record<string, string>>) =>
      write(`tag ${targetName(target)} ${id} ${JSON.stringify(tags)}`, target, id, (image) => ({
        ...image,
        tags: { ...image.tags, ...tags },
      })),
    /** Thrown by the next writes; undefined: none. */
    refusal: undefined as Error | undefined,
    untag: (target: Target, id: string, tags: Readonly<Record<string, string | null>>) =>
      write(`untag ${targetName(target)} ${id} ${JSON.stringify(tags)}`, target, id, (image) => ({
        ...image,
        tags: Object.fromEntries(
          Object.entries(image.tags).filter(([key, value]) => tags[key] !== null && tags[key] !== value),
        ),
      })),
    protect: (target: Target, id: string, withCooldown: boolean) =>
      write(
        `protect ${targetName(target)} ${id} ${withCooldown ? 'with' : 'without'} cooldown`,
        target,
        id,
        (image) => ({
          ...image,
          isProtected: true,
        }),
      ),
    unprotect: (target: Target, id: string) =>
      write(`unprotect ${targetName(target)} ${id}`, target, id, (image) => ({ ...image, isProtected: false })),
    deprecate: (target: Target, id: string, at: string | null) =>
      write(`deprecate ${targetName(target)} ${id} ${at ?? 'never'}`, target, id, (image) => ({
        ...image,
        deprecatedAt: at,
      })),
    fromImageBuilder: (target: Target, arn: string) => {
      fake.calls.push(`built ${targetName(target)} ${arn}`);
      return Promise.resolve(fake.built);
    },
  };
  return fake satisfies Images;
};
