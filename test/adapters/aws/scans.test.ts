import { beforeEach, describe, expect, it } from '@jest/globals';
import { EC2Client, GetImageFindingsCommand } from '@aws-sdk/client-ec2';
import {
  Inspector2Client,
  ListCoverageCommand,
  ListFindingsCommand,
  type CoveredResource,
  type Finding as InspectorFinding,
} from '@aws-sdk/client-inspector2';
import { readFileSync } from 'node:fs';
import { mockClient } from 'aws-sdk-client-mock';
import { awsScans } from '../../../adapters/aws/scans.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const inspector = mockClient(Inspector2Client);
const ec2 = mockClient(EC2Client);
const scans = awsScans(testSessions());
const lastScannedAt = new Date('2026-11-02T03:04:05.000Z');

beforeEach(() => {
  inspector.reset();
  ec2.reset();
  inspector.on(ListFindingsCommand).resolves({ findings: [] });
});

/** `MACHINE_IMAGE` is what the service says, though the SDK does not know it. */
const covered = (statusCode: string, reason: string, more: object = {}): CoveredResource =>
  ({ resourceId: 'ami-1', resourceType: 'MACHINE_IMAGE', scanStatus: { statusCode, reason }, ...more }) as never;

describe('coverage', () => {
  it.each<[string, CoveredResource[], string, string | null]>([
    ['finished', [covered('ACTIVE', 'SUCCESSFUL', { lastScannedAt })], 'SUCCESSFUL', '2026-11-02T03:04:05.000Z'],
    ['pending', [covered('ACTIVE', 'SUCCESSFUL')], 'covered, but not scanned yet', null],
    ['pending', [covered('ACTIVE', 'PENDING_INITIAL_SCAN')], 'PENDING_INITIAL_SCAN', null],
    ['pending', [covered('INACTIVE', 'SCAN_IN_PROGRESS')], 'SCAN_IN_PROGRESS', null],
    ['failed', [covered('INACTIVE', 'UNSUPPORTED_OS')], 'INACTIVE: UNSUPPORTED_OS', null],
    [
      'failed',
      [covered('INACTIVE', 'SUCCESSFUL', { lastScannedAt })],
      'INACTIVE: SUCCESSFUL',
      '2026-11-02T03:04:05.000Z',
    ],
    [
      'failed',
      [covered('ACTIVE', 'SOMETHING_NEW', { lastScannedAt })],
      'ACTIVE: SOMETHING_NEW',
      '2026-11-02T03:04:05.000Z',
    ],
    ['failed', [covered('ACTIVE', 'SUCCESSFUL', { scanStatus: undefined })], 'UNKNOWN: UNKNOWN', null],
    ['none', [], 'Inspector does not cover ami-1', null],
    [
      'none',
      [covered('ACTIVE', 'SUCCESSFUL', { lastScannedAt, resourceId: 'ami-10' })],
      'Inspector does not cover ami-1',
      null,
    ],
    [
      'pending',
      [covered('ACTIVE', 'SUCCESSFUL', { lastScannedAt }), covered('ACTIVE', 'PENDING_INITIAL_SCAN')],
      'PENDING_INITIAL_SCAN',
      null,
    ],
  ])('is %s: case %#', async (state, coveredResources, reason, scannedAt) => {
    inspector.on(ListCoverageCommand).resolves({ coveredResources });
    expect(await scans.coverage(member, 'ami-1')).toEqual({ state, reason, scannedAt });
  });

  it('is looked up by the image’s id, on all pages', async () => {
    inspector
      .on(ListCoverageCommand)
      .resolves({ coveredResources: [], nextToken: 'more' })
      .on(ListCoverageCommand, { nextToken: 'more' })
      .resolves({ coveredResources: [covered('INACTIVE', 'ACCESS_DENIED')] });
    expect(await scans.coverage(member, 'ami-1')).toMatchObject({ state: 'failed' });
    expect(inspector.commandCalls(ListCoverageCommand).map(({ args }) => args[0].input)).toEqual([
      { filterCriteria: { resourceId: [{ comparison: 'EQUALS', value: 'ami-1' }] } },
      { filterCriteria: { resourceId: [{ comparison: 'EQUALS', value: 'ami-1' }] }, nextToken: 'more' },
    ]);
  });

  it('is denied where Inspector is off', async () => {
    inspector.on(ListCoverageCommand).rejects(sdkError('AccessDeniedException', 'Invoking account is not enabled'));
    await expect(scans.coverage(member, 'ami-1')).rejects.toBeInstanceOf(AccessDenied);
  });
});

describe('findings', () => {
  it('are read from all pages', async () => {
    ec2
      .on(GetImageFindingsCommand)
      .resolves({
        ImageFindings: [
          {
            Title: 'CVE-2026-1234 - openssl',
            SeverityLabel: 'critical',
            FixAvailable: true,
            FirstObservedAt: lastScannedAt,
          },
        ],
        NextToken: 'more',
      })
      .on(GetImageFindingsCommand, { NextToken: 'more' })
      .resolves({ ImageFindings: [{ Title: 'odd', SeverityLabel: 'UNTRIAGED' as never }] });
    expect(await scans.findings(member, 'ami-1')).toEqual([
      {
        id: 'CVE-2026-1234',
        severity: 'critical',
        title: 'CVE-2026-1234 - openssl',
        fixAvailable: true,
        observedAt: '2026-11-02T03:04:05.000Z',
        fixedSince: null,
        exploitKnown: null,
      },
      {
        id: 'odd',
        severity: 'untriaged',
        title: 'odd',
        fixAvailable: true,
        observedAt: null,
        fixedSince: null,
        exploitKnown: null,
      },
    ]);
    expect(ec2.commandCalls(GetImageFindingsCommand)[1]?.args[0].input).toEqual({
      ImageId: 'ami-1',
      NextToken: 'more',
    });
  });

  /** As the CLI prints `inspector2 list-findings`; the SDK gives the dates as dates. */
  const published = (): InspectorFinding[] => {
    const text = readFileSync(new URL('../../fixtures/inspector/list-findings.json', import.meta.url), 'utf8');
    const dated = (key: string, value: unknown) => (key.endsWith('At') ? new Date(value as string) : value);
    return (JSON.parse(text, dated) as { findings: InspectorFinding[] }).findings;
  };

  it('take since when a fix is out and whether an exploit is known from Inspector', async () => {
    ec2.on(GetImageFindingsCommand).resolves({
      ImageFindings: [{ Title: 'CVE-2026-20001 - openssl-libs', SeverityLabel: 'critical', FixAvailable: false }],
    });
    inspector.on(ListFindingsCommand).resolves({ findings: published() });
    expect(await scans.findings(member, 'ami-1')).toEqual([
      {
        id: 'CVE-2026-20001',
        // The worse of the two.
        severity: 'critical',
        title: 'CVE-2026-20001 - openssl-libs',
        fixAvailable: true,
        observedAt: '2026-10-30T22:46:15.000Z',
        fixedSince: '2026-10-20T00:00:00.000Z',
        exploitKnown: true,
      },
      {
        id: 'CVE-2026-20002',
        severity: 'medium',
        title: 'CVE-2026-20002 - python3',
        fixAvailable: false,
        observedAt: '2026-11-02T22:46:15.000Z',
        fixedSince: null,
        exploitKnown: false,
      },
      expect.objectContaining({ id: 'Port 22 is reachable from a Peered VPC', exploitKnown: null }),
    ]);
    expect(inspector.commandCalls(ListFindingsCommand)[0]?.args[0].input).toEqual({
      filterCriteria: {
        resourceId: [{ comparison: 'EQUALS', value: 'ami-1' }],
        findingStatus: [{ comparison: 'EQUALS', value: 'ACTIVE' }],
        findingType: [{ comparison: 'EQUALS', value: 'PACKAGE_VULNERABILITY' }],
      },
    });
  });
});
