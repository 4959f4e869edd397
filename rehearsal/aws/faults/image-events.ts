import { HUB_ACCOUNT } from '../accounts.ts';
import type { ScenarioVulnerability } from '../../scenario/scenario-schema.ts';
import { type FindingSeverity, type ImageFinding, type SimImage, severities } from '../state/image.ts';
import type { World } from '../world.ts';

const packages = ['openssl-libs', 'glibc', 'curl', 'kernel', 'libxml2', 'sudo', 'systemd', 'python3'];

const scores: Readonly<Record<FindingSeverity, number>> = {
  critical: 9.8,
  high: 8.1,
  medium: 5.5,
  low: 3.1,
  informational: 0,
  untriaged: 0,
};

/** A finding that looks like one of a real scan. */
export const makeFinding = (world: World, severity: FindingSeverity): ImageFinding => {
  const nth = world.nextId();
  const packageName = packages[nth % packages.length] ?? 'kernel';
  return {
    id: nth.toString(16).padStart(32, '0'),
    severity,
    title: `CVE-2026-${String(10_000 + (nth % 50_000))} - ${packageName}`,
    packageName,
    score: scores[severity],
    fixAvailable: nth % 3 !== 0,
    firstObservedAt: Date.now(),
  };
};

/** The finding that a scenario spells out. */
export const namedFinding = (world: World, named: ScenarioVulnerability): ImageFinding => {
  const made = makeFinding(world, named.severity);
  return {
    ...made,
    title: `${named.id} - ${made.packageName}`,
    fixAvailable: named.fixAvailable,
    advisedAt: named.adviceDays === null ? undefined : Date.now() - named.adviceDays * 86_400_000,
    exploitKnown: named.exploitKnown,
  };
};

/** How many findings of each severity, as Inspector's events count them. */
const severityCounts = (image: SimImage): Record<string, number> => {
  const counts: Record<string, number> = { TOTAL: image.findings.length };
  for (const severity of severities) {
    counts[severity.toUpperCase()] = image.findings.filter((one) => one.severity === severity).length;
  }
  return counts;
};

const envelope = (image: SimImage) =>
  ({
    account: HUB_ACCOUNT,
    region: image.region,
    resources: [`arn:aws:ec2:${image.region}::image/${image.id}`],
  }) as const;

/** EC2 says that an image became available, was deregistered, … */
export const publishImageState = (world: World, image: SimImage): void =>
  world.publish({
    ...envelope(image),
    source: 'aws.ec2',
    'detail-type': 'EC2 AMI State Change',
    detail: {
      RequestId: `00000000-0000-4000-8000-${world.nextId().toString(16).padStart(12, '0')}`,
      ImageId: image.id,
      State: image.state,
      ErrorMessage: '',
    },
  });

/** The first scan ends well: coverage and findings can be read, and Inspector says so. */
export const finishScan = (world: World, image: SimImage): void => {
  if (image.state === 'deregistered') return;
  image.scan = { coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' }, scannedAt: Date.now() };
  world.publish({
    ...envelope(image),
    source: 'aws.inspector2',
    'detail-type': 'Inspector2 Scan',
    resources: [image.id],
    detail: {
      version: '1.0',
      'scan-status': 'INITIAL_SCAN_COMPLETE',
      'machine-image-id': image.id,
      'finding-severity-counts': severityCounts(image),
    },
  });
};

/** The campaign's image is gone, in every region; what runs it goes on running. */
export const deregisterImage = (world: World): void => {
  for (const image of campaignImages(world)) {
    image.state = 'deregistered';
    publishImageState(world, image);
  }
};

/** The event by which Inspector tells of a finding. */
const publishFinding = (world: World, image: SimImage, finding: ImageFinding): void =>
  world.publish({
    ...envelope(image),
    source: 'aws.inspector2',
    'detail-type': 'Inspector2 Finding',
    resources: [image.id],
    detail: {
      awsAccountId: image.owner,
      findingArn: `arn:aws:inspector2:${image.region}:${image.owner}:finding/${finding.id}`,
      severity: finding.severity.toUpperCase(),
      status: 'ACTIVE',
      title: finding.title,
      type: 'PACKAGE_VULNERABILITY',
      firstObservedAt: new Date(finding.firstObservedAt).toUTCString(),
      fixAvailable: finding.fixAvailable ? 'YES' : 'NO',
      exploitAvailable: finding.exploitKnown === true ? 'YES' : 'NO',
      packageVulnerabilityDetails: { vulnerabilityId: finding.title.split(' ')[0] },
      resources: [{ type: 'MACHINE_IMAGE', id: image.id, region: image.region, partition: 'aws' }],
    },
  });

/** Inspector finds the same critical thing in the campaign's image in every region, and tells so many times of each. */
export const addFinding = (world: World, severity: FindingSeverity = 'critical', times = 1): void => {
  const finding = makeFinding(world, severity);
  for (const image of campaignImages(world)) {
    image.findings.push(finding);
    image.scan = { ...image.scan, scannedAt: Date.now() };
    for (let nth = 0; nth < times; nth += 1) publishFinding(world, image, finding);
  }
};

/** The images that the fleet has run before are deregistered, whatever protects them. */
export const deregisterPrevious = (world: World, previous: ReadonlyMap<string, string>): void => {
  for (const [region, id] of previous) {
    const image = world.images.get(region, id);
    if (image === undefined) continue;
    image.state = 'deregistered';
    publishImageState(world, image);
  }
};

const campaignImages = (world: World): SimImage[] =>
  [...world.newImage].flatMap(([region, id]) => world.images.get(region, id) ?? []);
