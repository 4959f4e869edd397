import { EC2Client, GetImageFindingsCommand, type ImageFinding } from '@aws-sdk/client-ec2';
import {
  Inspector2Client,
  ListCoverageCommand,
  ListFindingsCommand,
  type CoveredResource,
  type Finding as InspectorFinding,
} from '@aws-sdk/client-inspector2';
import type { Coverage, Finding, Scans } from '../../domain/ports/scans.ts';
import * as z from 'zod/mini';
import { ask, flag, moment, text } from './ask.ts';
import { mergeFindings } from './merge-findings.ts';
import { targetName, type Target } from '../../domain/target.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

const covered = z.object({
  coveredResources: z.array(
    z.object({
      resourceId: z.string(),
      scanStatus: z.optional(z.object({ statusCode: text, reason: text })),
      lastScannedAt: moment,
    }),
  ),
});

const foundByInspector = z.object({
  findings: z.array(
    z.object({
      title: text,
      severity: text,
      fixAvailable: z.optional(z.enum(['YES', 'NO', 'PARTIAL'])),
      exploitAvailable: z.optional(z.enum(['YES', 'NO'])),
      firstObservedAt: moment,
      packageVulnerabilityDetails: z.optional(z.object({ vulnerabilityId: text, vendorCreatedAt: moment })),
    }),
  ),
});

const foundByEc2 = z.object({
  ImageFindings: z.array(z.object({ Title: text, SeverityLabel: text, FixAvailable: flag, FirstObservedAt: moment })),
});

const pendingReasons: ReadonlySet<string> = new Set([
  'PENDING_INITIAL_SCAN',
  'PENDING_REVIVAL_SCAN',
  'SCAN_IN_PROGRESS',
  // An instance that has just been launched: SSM does not know it yet, or not what is on it.
  'UNMANAGED_EC2_INSTANCE',
  'RESOURCE_UNMANAGED',
  'NO_INVENTORY',
]);

/** Fails closed: whatever is not a known way to be finished or under way has failed. */
const coverageOf = ({ scanStatus, lastScannedAt }: CoveredResource): Coverage => {
  const code = scanStatus?.statusCode ?? 'UNKNOWN';
  const reason = scanStatus?.reason ?? 'UNKNOWN';
  const scannedAt = lastScannedAt?.toISOString() ?? null;
  if (pendingReasons.has(reason)) return { state: 'pending', reason, scannedAt };
  if (code === 'ACTIVE' && reason === 'SUCCESSFUL') {
    return scannedAt === null
      ? { state: 'pending', reason: 'covered, but not scanned yet', scannedAt }
      : { state: 'finished', reason, scannedAt };
  }
  return { state: 'failed', reason: `${code}: ${reason}`, scannedAt };
};

const worstFirst = ['failed', 'pending', 'finished', 'none'] as const;

const severities: ReadonlySet<string> = new Set(['critical', 'high', 'medium', 'low', 'informational', 'untriaged']);

const isSeverity = (label: string): label is Finding['severity'] => severities.has(label);

/** A severity that is missing, or that nobody here knows, must not be counted as none: the judge refuses it. */
const severityOf = (label: string | undefined): Finding['severity'] => {
  const lower = (label ?? '').toLowerCase();
  return isSeverity(lower) ? lower : 'unreadable';
};

/** The title starts with the vulnerability's id and names the package. */
const idOf = (title: string): string => /\b(?:CVE|GHSA|ALAS)[\w-]+/.exec(title)?.[0] ?? title;

/** EC2 gives findings no id, and says neither since when a fix is out nor whether an exploit is known. */
const fromEc2 = ({ Title: title = '', SeverityLabel, FixAvailable, FirstObservedAt }: ImageFinding): Finding => ({
  id: idOf(title),
  severity: severityOf(SeverityLabel),
  title,
  // Where nobody says there may be one, which the policy takes less easily.
  fixAvailable: FixAvailable !== false,
  observedAt: FirstObservedAt?.toISOString() ?? null,
  fixedSince: null,
  exploitKnown: null,
});

/**
 * Inspector does not say since when a fix is out. The vendor's advisory is the nearest date there is, and never a later
 * one than the fix's own announcement. A partial fix counts as a fix: something can be done.
 */
const fromInspector = (finding: InspectorFinding): Finding => {
  const {
    title = '',
    severity,
    fixAvailable,
    exploitAvailable,
    firstObservedAt,
    packageVulnerabilityDetails,
  } = finding;
  return {
    id: packageVulnerabilityDetails?.vulnerabilityId ?? idOf(title),
    severity: severityOf(severity),
    title,
    fixAvailable: fixAvailable !== 'NO',
    observedAt: firstObservedAt?.toISOString() ?? null,
    fixedSince: packageVulnerabilityDetails?.vendorCreatedAt?.toISOString() ?? null,
    exploitKnown: exploitAvailable === undefined ? null : exploitAvailable === 'YES',
  };
};

/** Inspector's own findings of a resource, all pages. */
const findingsOf = async (sessions: Sessions, target: Target, resourceId: string): Promise<readonly Finding[]> => {
  const inspector = sessions.client(Inspector2Client, target);
  const read = (token: string | undefined) =>
    ask(`ListFindings of ${resourceId} in ${targetName(target)}`, foundByInspector, () =>
      inspector.send(
        new ListFindingsCommand({
          filterCriteria: {
            resourceId: [{ comparison: 'EQUALS', value: resourceId }],
            findingStatus: [{ comparison: 'EQUALS', value: 'ACTIVE' }],
            // What reaches an instance over the network says nothing of its image.
            findingType: [{ comparison: 'EQUALS', value: 'PACKAGE_VULNERABILITY' }],
          },
          ...(token === undefined ? {} : { nextToken: token }),
        }),
      ),
    );
  const found: Finding[] = [];
  for await (const page of pages(read, ({ nextToken }) => nextToken))
    found.push(...(page.findings ?? []).map(fromInspector));
  return found;
};

/**
 * Inspector's view of an image: coverage by Inspector, findings by EC2, which gives them for an image itself and not
 * only for instances launched from it.
 *
 * Coverage has the resource type `MACHINE_IMAGE`, which the SDK's enum lacks: it is looked up by the resource's id.
 * {@link https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html}
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageFindings.html}
 */
export const awsScans = (sessions: Sessions): Scans => ({
  coverage: async (target, resourceId) => {
    const inspector = sessions.client(Inspector2Client, target);
    const read = (token: string | undefined) =>
      ask(`ListCoverage of ${resourceId} in ${targetName(target)}`, covered, () =>
        inspector.send(
          new ListCoverageCommand({
            filterCriteria: { resourceId: [{ comparison: 'EQUALS', value: resourceId }] },
            ...(token === undefined ? {} : { nextToken: token }),
          }),
        ),
      );
    const found: Coverage[] = [];
    for await (const page of pages(read, ({ nextToken }) => nextToken)) {
      found.push(...(page.coveredResources ?? []).filter((one) => one.resourceId === resourceId).map(coverageOf));
    }
    // One entry per kind of scan: the image is finished when all of them are.
    const state = worstFirst.find((one) => found.some((coverage) => coverage.state === one));
    return (
      found.find((coverage) => coverage.state === state) ?? {
        state: 'none',
        reason: `Inspector does not cover ${resourceId}`,
        scannedAt: null,
      }
    );
  },

  findings: async (target, resourceId) => {
    const ec2 = sessions.client(EC2Client, target);
    const details = await findingsOf(sessions, target, resourceId);
    // EC2 knows findings of images only.
    if (!resourceId.startsWith('ami-')) return details;
    const read = (token: string | undefined) =>
      ask(`GetImageFindings of ${resourceId} in ${targetName(target)}`, foundByEc2, () =>
        ec2.send(
          new GetImageFindingsCommand({ ImageId: resourceId, ...(token === undefined ? {} : { NextToken: token }) }),
        ),
      );
    const found: Finding[] = [];
    for await (const page of pages(read, ({ NextToken }) => NextToken)) {
      found.push(...(page.ImageFindings ?? []).map(fromEc2));
    }
    return mergeFindings(found, details);
  },
});
