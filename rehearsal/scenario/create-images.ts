import { HUB_ACCOUNT } from '../aws/accounts.ts';
import { finishScan, makeFinding, namedFinding, publishImageState } from '../aws/faults/image-events.ts';
import { type ImageFinding, type ImageScan, type ImageKey, type SimImage, severities } from '../aws/state/image.ts';
import type { World } from '../aws/world.ts';
import type { Random } from './random.ts';
import type { ScenarioImage } from './scenario-schema.ts';

/** One image by region. */
export type ImageSet = ReadonlyMap<string, string>;

/** The images a campaign deals with. */
export interface CampaignImages {
  /** What is to be rolled out. */
  readonly new: ImageSet;
  /** What the fleet runs; it was promoted before. */
  readonly previous: ImageSet;
  /** A build of the same family that came after the new one; only where the scenario has a campaign for it. */
  readonly later: ImageSet;
  /** Somebody else's image, for `foreignUpdate`. */
  readonly foreign: ImageSet;
}

const usualAttributes = {
  architecture: 'x86_64',
  virtualization: 'hvm',
  bootMode: null,
  rootDevice: 'ebs',
  encrypted: false,
  key: { state: 'Enabled', manager: 'customer', usableBy: null },
} as const;

const DAY = 24 * 60 * 60_000;

/** What an event says of the new image; the simulated one is made to fit. */
export interface AnnouncedImage {
  readonly region: string;
  readonly imageId?: string;
  readonly imageBuildArn?: string;
}

type ScenarioKey = ScenarioImage['key'];

/** A copy's own key, else that of all of them. */
const keyOf = (all: ScenarioKey | undefined, own: ScenarioKey | undefined): ImageKey => {
  const { usableBy, ...key } = own ?? all ?? { state: 'Enabled', manager: 'customer', usableBy: undefined };
  return { ...key, usableBy: usableBy === undefined ? null : new Set(usableBy) };
};

interface ImageInit {
  readonly name: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string | null>>;
  readonly scan: ImageScan;
  readonly findings: readonly ImageFinding[];
  readonly owner?: string | undefined;
  /** Default: as most images are. */
  readonly attributes?: ScenarioImage['attributes'];
  /** Of an encrypted image. Default: a customer managed key that everybody may use who may launch it. */
  readonly key?: ScenarioImage['key'];
  /** What the image in the first region is a copy of. Default: nothing. */
  readonly source?: { readonly id: string; readonly region: string } | undefined;
  readonly state?: 'available' | 'deregistered';
  readonly deprecatedAt?: number | null;
  /** Copies that differ, by region. */
  readonly copies?: ScenarioImage['copies'];
}

/** Adds one image in every region: the first region's is the source, the others are its copies. `known` are ids by region. */
export const addEverywhere = (
  world: World,
  random: Random,
  init: ImageInit,
  known: Readonly<Record<string, string>> = {},
): ImageSet => {
  const ids = new Map<string, string>();
  // Another account's image is shared with the hub, too, or the campaign would not see it.
  const shared = new Set(init.owner === undefined ? world.accounts : [...world.accounts, HUB_ACCOUNT]);
  for (const region of world.regions) {
    const sourceId = ids.get(world.hubRegion);
    const copy = init.copies?.[region];
    const inDays = copy?.deprecatesInDays;
    const image: SimImage = {
      id: known[region] ?? `ami-0${random.hex(16)}`,
      region,
      owner: init.owner ?? HUB_ACCOUNT,
      name: init.name,
      createdAt: init.createdAt,
      tags: new Map(Object.entries(init.tags).filter((tag): tag is [string, string] => tag[1] !== null)),
      source: sourceId === undefined ? init.source : { id: sourceId, region: world.hubRegion },
      sharedWith: copy?.sharedWith === undefined ? shared : new Set(copy.sharedWith),
      state: copy === undefined || copy.state === 'missing' ? (init.state ?? 'available') : copy.state,
      attributes: {
        ...usualAttributes,
        ...init.attributes,
        key: keyOf(init.key, copy?.key),
        deprecatedAt: inDays === undefined ? (init.deprecatedAt ?? null) : Date.now() + inDays * DAY,
      },
      deregistrationProtection: false,
      scan: init.scan,
      findings: [...init.findings],
    };
    if (copy?.state !== 'missing') world.images.add(image);
    ids.set(region, image.id);
  }
  return ids;
};

/** The tags that our pipelines set on an image. */
export const imageTags = (
  spec: ScenarioImage,
  version: string,
  build: string,
  createdAt: number,
): Record<string, string> => ({
  'ami-rollout:family': spec.family,
  'ami-rollout:category': spec.category,
  version,
  environment: 'production',
  build_id: build,
  created_date: new Date(createdAt).toISOString().slice(0, 10),
  security_scan_status: 'passed',
  test_results: 'passed',
});

/** The Image Builder version that put out the new image. */
const imageBuildArn = (world: World, { family }: ScenarioImage, version: string): string =>
  `arn:aws:imagebuilder:${world.hubRegion}:${HUB_ACCOUNT}:image/${family}/${version}/1`;

/** The scan of an image that Inspector has just noticed. */
export const pending: ImageScan = {
  coverage: { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' },
  scannedAt: undefined,
};

/** Makes the new, the previous and a foreign image in every region, owned by the hub and shared with the fleet. */
export const createImages = (
  world: World,
  spec: ScenarioImage,
  random: Random,
  now: number,
  announced?: AnnouncedImage,
  withLater = false,
): CampaignImages => {
  const createdAt = now - spec.ageDays * DAY;
  const earlier = spec.previousAgeDays === undefined ? createdAt - 30 * DAY : now - spec.previousAgeDays * DAY;
  const scanned: ImageScan = { coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' }, scannedAt: earlier + DAY };
  const version = spec.tags.version ?? '2026.11.3';
  const findings = severities.flatMap((severity) =>
    Array.from({ length: spec.findings[severity] }, () => makeFinding(world, severity)),
  );
  const named = (of: 'new' | 'previous'): ImageFinding[] =>
    spec.vulnerabilities.filter((one) => one.of === of || one.of === 'both').map((one) => namedFinding(world, one));
  const images = {
    new: addEverywhere(
      world,
      random,
      {
        name: `${spec.family}-${version}`,
        createdAt,
        owner: spec.owner,
        attributes: spec.attributes,
        key: spec.key,
        deprecatedAt: spec.deprecatesInDays === undefined ? null : now + spec.deprecatesInDays * DAY,
        copies: spec.copies,
        source: spec.original === 'none' ? undefined : { id: 'ami-0bbbbbbbbbbbbbbbb', region: world.hubRegion },
        tags: { ...imageTags(spec, version, 'build-1043', createdAt), ...spec.tags },
        scan: spec.scanStatus === 'NONE' ? { coverage: undefined, scannedAt: undefined } : pending,
        findings: [...findings, ...named('new')],
      },
      announced?.imageId === undefined ? {} : { [announced.region]: announced.imageId },
    ),
    previous: addEverywhere(
      world,
      random,
      {
        attributes: spec.previousAttributes,
        key: spec.previousKey,
        state: spec.previousState,
        name: `${spec.family}-2026.10.1`,
        createdAt: earlier,
        tags: imageTags(spec, '2026.10.1', 'build-1001', earlier),
        scan: scanned,
        findings: named('previous'),
      },
      spec.previous,
    ),
    foreign: addEverywhere(world, random, {
      name: 'hand-made',
      createdAt: earlier,
      tags: {},
      scan: scanned,
      findings: [],
    }),
  };
  const laterVersion = version.replace(/\d+$/, (last) => String(Number(last) + 1));
  const later = withLater
    ? addEverywhere(world, random, {
        name: `${spec.family}-${laterVersion}`,
        createdAt,
        tags: imageTags(spec, laterVersion, 'build-1044', createdAt),
        scan: { ...scanned, scannedAt: createdAt + DAY / 2 },
        findings: [],
      })
    : new Map<string, string>();
  for (const [region, id] of images.new) world.newImage.set(region, id);
  world.imageBuilds.set(announced?.imageBuildArn ?? imageBuildArn(world, spec, version), images.new);
  return { ...images, later };
};

/**
 * The new image becomes available: EC2 says so in every region and Inspector begins to scan. Call it when the campaign's
 * clock starts.
 */
export const announceImage = (world: World, spec: ScenarioImage): void => {
  const images = [...world.newImage].flatMap(([region, id]) => world.images.get(region, id) ?? []);
  for (const image of images) if (image.state !== 'pending') publishImageState(world, image);
  for (const image of images) {
    const minutes = spec.copies[image.region]?.availableAfterMinutes;
    if (image.state !== 'pending' || minutes === undefined) continue;
    setTimeout(() => {
      image.state = 'available';
      publishImageState(world, image);
    }, minutes * 60_000);
  }
  if (spec.scanStatus === 'NONE' || spec.scanStatus === 'NEVER' || spec.scanStatus === 'PENDING_INITIAL_SCAN') return;
  setTimeout(() => {
    for (const image of images) {
      if (spec.scanStatus === 'SUCCESSFUL') finishScan(world, image);
      else image.scan = { coverage: { statusCode: 'INACTIVE', reason: spec.scanStatus }, scannedAt: undefined };
    }
  }, spec.scanMinutes * 60_000);
};
