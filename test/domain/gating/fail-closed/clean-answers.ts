import { hub, newImage, oldImage } from '../../fakes/names.ts';
import type { Answers } from './fake-aws.ts';

/** The build's copy in the other region. */
export const copyId = 'ami-00000000000000009';
/** The promoted image is a copy, so that its original is asked for as well. */
const promotedOriginal = 'ami-00000000000000008';
const instanceId = 'i-00000000000000001';
const keyArn = `arn:aws:kms:eu-west-1:${hub.account}:key/1`;
const scannedAt = new Date('2026-11-22T11:00:00.000Z');
export const member = '100000000001';
/** What a custom gate says that likes the image. */
const goodAnswer = { passed: true, reasons: [], evidence: { checks: 3 } };

const image = (ImageId: string, CreationDate: string, more: object = {}) => ({
  ImageId,
  OwnerId: hub.account,
  State: 'available',
  Architecture: 'x86_64',
  VirtualizationType: 'hvm',
  BootMode: 'uefi',
  RootDeviceType: 'ebs',
  CreationDate,
  DeprecationTime: '2028-11-22T00:00:00.000Z',
  BlockDeviceMappings: [{ Ebs: { Encrypted: true, SnapshotId: `snap-${ImageId.slice(4)}` } }],
  Tags: [{ Key: 'build_id', Value: '4711' }],
  ...more,
});
const inHub = [
  image(newImage, '2026-11-21T12:00:00.000Z'),
  image(oldImage, '2026-11-10T12:00:00.000Z', { SourceImageId: promotedOriginal, SourceImageRegion: 'us-east-1' }),
];
const elsewhere = [
  image(copyId, '2026-11-21T13:00:00.000Z', { SourceImageId: newImage, SourceImageRegion: hub.region }),
  image(promotedOriginal, '2026-11-09T12:00:00.000Z'),
];

const describeImages: Answers[string] = ({ ImageIds, Filters }, region) => {
  const all = region === hub.region ? inHub : elsewhere;
  const [source] = (Filters as { readonly Values: readonly string[] }[] | undefined)?.[0]?.Values ?? [];
  const Images = all.filter((one) =>
    ImageIds
      ? (ImageIds as string[]).includes(one.ImageId)
      : (one as { SourceImageId?: string }).SourceImageId === source,
  );
  return { Images };
};

const resourceOf = ({ filterCriteria }: { readonly filterCriteria?: unknown }): string =>
  (filterCriteria as { readonly resourceId: readonly { readonly value: string }[] }).resourceId[0]?.value ?? '';

const accepted = {
  title: 'CVE-2026-1 - curl',
  severity: 'MEDIUM',
  fixAvailable: 'NO',
  exploitAvailable: 'NO',
  firstObservedAt: scannedAt,
  packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-1', vendorCreatedAt: scannedAt },
};

/** Two pages, so that there is a token to lose: an empty one first, as Inspector does it. */
const listFindings: Answers[string] = ({ nextToken }) =>
  nextToken === undefined ? { findings: [], nextToken: 'page-2' } : { findings: [accepted] };

const answered = (state: object): Uint8Array => new TextEncoder().encode(JSON.stringify(state));

/**
 * What AWS says of an image that every gate passes: only fields that somebody reads, so that whatever is changed in an
 * answer is a change of something that counts.
 */
export const cleanAnswers: Answers = {
  DescribeImages: describeImages,
  DescribeImageAttribute: () => ({ LaunchPermissions: [{ UserId: member }] }),
  DescribeSnapshots: () => ({ Snapshots: [{ KmsKeyId: keyArn }] }),
  DescribeKey: () => ({ KeyMetadata: { KeyState: 'Enabled', KeyManager: 'CUSTOMER' } }),
  ListCoverage: (input) => ({
    coveredResources: [
      {
        resourceId: resourceOf(input),
        scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
        lastScannedAt: scannedAt,
      },
    ],
  }),
  ListFindings: listFindings,
  GetImageFindings: () => ({
    ImageFindings: [
      { Title: 'CVE-2026-1 - curl', SeverityLabel: 'MEDIUM', FixAvailable: false, FirstObservedAt: scannedAt },
    ],
  }),
  RunInstances: () => ({ Instances: [{ InstanceId: instanceId }] }),
  Invoke: ({ InvocationType }) =>
    InvocationType === 'Event' ? { StatusCode: 202 } : { StatusCode: 200, Payload: answered(goodAnswer) },
  StartExecution: () => ({}),
  DescribeExecution: () => ({ status: 'SUCCEEDED', output: JSON.stringify(goodAnswer) }),
  StartAutomationExecution: () => ({ AutomationExecutionId: 'run-1' }),
  GetAutomationExecution: () => ({
    AutomationExecution: {
      AutomationExecutionStatus: 'Success',
      StepExecutions: [
        { StepName: 'RunDocument', StepStatus: 'Success', Outputs: { Output: ['ok'], ResponseCode: ['0'] } },
      ],
    },
  }),
  SendTaskSuccess: () => ({}),
  DescribeAlarms: () => ({
    MetricAlarms: [
      {
        AlarmName: 'app-errors',
        Namespace: 'app',
        MetricName: 'errors',
        Period: 60,
        Statistic: 'Sum',
        TreatMissingData: 'missing',
      },
    ],
    CompositeAlarms: [],
    LogAlarms: [],
  }),
  DescribeAlarmHistory: () => ({
    AlarmHistoryItems: [{ HistoryData: JSON.stringify({ newState: { stateValue: 'OK' } }) }],
  }),
  GetMetricData: () => ({ MetricDataResults: [{ Id: 'm0', Values: [0, 0, 0, 0] }] }),
};
