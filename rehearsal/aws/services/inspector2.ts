import type {
  CoverageResourceType,
  CoveredResource,
  Finding,
  ListCoverageCommandInput,
  ListCoverageCommandOutput,
  ListFindingsCommandInput,
  ListFindingsCommandOutput,
  ResourceType,
  ScanStatusReason,
} from '@aws-sdk/client-inspector2';
import type { Call, Operations, Reply } from '../call.ts';
import { page } from '../page.ts';
import type { ImageFinding, SimImage } from '../state/image.ts';
import type { World } from '../world.ts';

/** The resource type of images; not yet in the SDK's enumeration. */
const MACHINE_IMAGE = 'MACHINE_IMAGE';

interface StringFilter {
  readonly comparison: string | undefined;
  readonly value: string | undefined;
}

/** Whether a value passes filters of one kind: any EQUALS or PREFIX, and no NOT_EQUALS. */
const passes = (value: string, filters: readonly StringFilter[] | undefined): boolean => {
  if (filters === undefined || filters.length === 0) return true;
  const refused = filters.some((filter) => filter.comparison === 'NOT_EQUALS' && filter.value === value);
  const wanted = filters.filter(({ comparison }) => comparison !== 'NOT_EQUALS');
  return (
    !refused &&
    (wanted.length === 0 ||
      wanted.some((filter) =>
        filter.comparison === 'PREFIX' ? value.startsWith(filter.value ?? '') : value === filter.value,
      ))
  );
};

/** What Inspector covers: an image, or an instance of one. */
interface Scanned {
  readonly type: string;
  readonly id: string;
  readonly owner: string;
  readonly scan: SimImage['scan'];
  readonly image: SimImage;
}

const showCoverage = ({ type, id, owner, scan }: Scanned): CoveredResource => ({
  resourceType: type as CoverageResourceType,
  resourceId: id,
  accountId: owner,
  scanType: 'PACKAGE',
  ...(scan.coverage && {
    scanStatus: { statusCode: scan.coverage.statusCode, reason: scan.coverage.reason as ScanStatusReason },
  }),
  ...(scan.scannedAt !== undefined && { lastScannedAt: new Date(scan.scannedAt) }),
});

const showFinding = ({ image, type, id }: Scanned, finding: ImageFinding): Finding => ({
  findingArn: `arn:aws:inspector2:${image.region}:${image.owner}:finding/${finding.id}`,
  awsAccountId: image.owner,
  type: 'PACKAGE_VULNERABILITY',
  title: finding.title,
  description: `${finding.title}: a vulnerable version of ${finding.packageName} is installed.`,
  remediation: { recommendation: { text: 'None Provided' } },
  severity: finding.severity.toUpperCase() as Uppercase<typeof finding.severity>,
  firstObservedAt: new Date(finding.firstObservedAt),
  lastObservedAt: new Date(finding.firstObservedAt),
  updatedAt: new Date(finding.firstObservedAt),
  status: 'ACTIVE',
  resources: [{ type: type as ResourceType, id, region: image.region, partition: 'aws' }],
  inspectorScore: finding.score,
  fixAvailable: finding.fixAvailable ? 'YES' : 'NO',
  exploitAvailable: finding.exploitKnown === true ? 'YES' : 'NO',
  packageVulnerabilityDetails: {
    vulnerabilityId: finding.title.split(' ')[0],
    source: 'NVD',
    ...(finding.advisedAt !== undefined && { vendorCreatedAt: new Date(finding.advisedAt) }),
    vulnerablePackages: [{ name: finding.packageName, version: '1.0.0', packageManager: 'OS' }],
  },
});

/** Inspector with continuous scanning of images switched on: coverage and findings of the caller's own images. */
export const inspector2 = (world: World): Operations => {
  const own = ({ account, region }: Call): Scanned[] => [
    ...[...world.images.of(region, account)]
      .filter(({ owner }) => owner === account)
      .map((image) => ({ type: MACHINE_IMAGE, id: image.id, owner: image.owner, scan: image.scan, image })),
    // Inspector forgets an instance with its end.
    ...[...world.gateInstances.values()]
      .filter((one) => one.account === account && one.region === region && one.terminatedAt === undefined)
      .flatMap(({ id, imageId, scan }) => {
        const image = world.images.get(region, imageId);
        return image === undefined ? [] : [{ type: 'AWS_EC2_INSTANCE', id, owner: account, scan, image }];
      }),
  ];

  const listCoverage = (input: ListCoverageCommandInput, call: Call): Reply<ListCoverageCommandOutput> => {
    const criteria = input.filterCriteria;
    const wanted = own(call).filter(
      ({ id, type, owner, scan }) =>
        scan.coverage !== undefined &&
        passes(id, criteria?.resourceId) &&
        passes(type, criteria?.resourceType) &&
        passes(owner, criteria?.accountId) &&
        passes(scan.coverage.statusCode, criteria?.scanStatusCode) &&
        passes(scan.coverage.reason, criteria?.scanStatusReason),
    );
    const { items, next } = page(wanted, input.nextToken, input.maxResults ?? 100);
    return { coveredResources: items.map(showCoverage), ...(next && { nextToken: next }) };
  };

  const listFindings = (input: ListFindingsCommandInput, call: Call): Reply<ListFindingsCommandOutput> => {
    const criteria = input.filterCriteria;
    const wanted = own(call)
      .filter(({ id, scan }) => scan.scannedAt !== undefined && passes(id, criteria?.resourceId))
      .filter(({ type }) => passes(type, criteria?.resourceType))
      .flatMap((scanned) => scanned.image.findings.map((finding) => showFinding(scanned, finding)))
      .filter(
        ({ severity, status, type }) =>
          passes(severity ?? '', criteria?.severity) &&
          passes(status ?? '', criteria?.findingStatus) &&
          passes(type ?? '', criteria?.findingType),
      );
    const { items, next } = page(wanted, input.nextToken, input.maxResults ?? 100);
    return { findings: [...items], ...(next && { nextToken: next }) };
  };

  return { ListCoverage: listCoverage, ListFindings: listFindings };
};
