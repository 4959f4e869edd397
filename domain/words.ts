import { outcomes } from '../contracts/outcomes.ts';

export { outcomes };
/** How a campaign can end. */
export type Outcome = (typeof outcomes)[number];

/** Where a stack stands in its campaign. */
export const stackStatuses = [
  'pending',
  'holding',
  'updating',
  'verifying',
  'done',
  'failed',
  'skipped',
  'restoring',
  'restored',
  'quarantined',
] as const;
export type StackStatus = (typeof stackStatuses)[number];

export type Direction = 'forward' | 'restore';
export type Mode = 'parameter' | 'ssm';
/**
 * Who reads the SSM parameter of mode `ssm`: CloudFormation at each update of the stack, or EC2 at each launch
 * (`ImageId: resolve:ssm:…` in a launch template), where no update of the stack is needed or helps.
 */
export type Reader = 'stack' | 'launch';
export type Replacement = 'rolling' | 'replacing' | 'instanceRefresh' | 'none';

/** The tags by which a stack opts in. */
export const stackTags = {
  family: 'ami-rollout:family',
  ring: 'ami-rollout:ring',
  environment: 'ami-rollout:environment',
  parameter: 'ami-rollout:parameter',
  alarms: 'ami-rollout:alarms',
  hold: 'ami-rollout:hold',
  /** `replace`: an instance outside any group may be replaced, and its volumes be lost. */
  standalone: 'ami-rollout:standalone',
} as const;

/** The tags of an image that the product itself reads. */
export const imageTags = {
  family: 'ami-rollout:family',
  category: 'ami-rollout:category',
  buildId: 'build_id',
  createdDate: 'created_date',
  scanStatus: 'security_scan_status',
  testResults: 'test_results',
} as const;

/** The hub's event bus, to which members send their events. */
export const busName = 'ami-rollout';

/** Tag on an image that the family's stacks are on. */
export const promotedTag = 'ami-rollout:promoted';
/** Tag on an image that was rolled back and is not to be rolled out again: when and by whom. */
export const revokedTag = 'ami-rollout:revoked';
/** Tag on an image that a promotion has replaced and that is kept as the way back: the campaign that replaced it. */
export const heldTag = 'ami-rollout:held';
/** Tag of a session in a member account: the campaign that the hub came for. Policies there may ask for it. */
export const campaignTag = 'ami-rollout:campaign';

/** Operating systems whose publishers announce the newest image in SSM. */
export const systems = [
  'al2023',
  'al2023-minimal',
  'ubuntu-22.04',
  'ubuntu-24.04',
  'windows-2019',
  'windows-2022',
  'windows-2025',
] as const;
export type System = (typeof systems)[number];

export const architectures = ['x86_64', 'arm64'] as const;
export type Architecture = (typeof architectures)[number];

/** The forms in which a report is kept. */
export const reportFormats = ['html', 'text', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];
