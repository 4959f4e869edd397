import type { EventPattern } from 'aws-cdk-lib/aws-events';

/** Statuses at which an operation on a stack is over; the others would call a function to learn that nothing has ended. */
const endedStatuses = [
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'DELETE_COMPLETE',
  'DELETE_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
];

/** Announces an image. `State` is spelt with a capital; `available` also comes for copies and re-enabled images. */
export const imageAvailable: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EC2 AMI State Change'],
  detail: { State: ['available'] },
};

/** A copy has been made, or its making has failed: campaigns may wait for it. */
export const imageMade: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EC2 AMI State Change'],
  detail: { State: ['available', 'failed'] },
};

/** Announces what a pipeline has built; the image ids are asked for afterwards, in the account that has built it. */
export const imageBuilt: EventPattern = {
  source: ['aws.imagebuilder'],
  detailType: ['EC2 Image Builder Image State Change'],
  detail: { state: { status: ['AVAILABLE'] } },
};

/** An operation on a stack has ended, ours or somebody else's that we wait for. */
export const stackSettled: EventPattern = {
  source: ['aws.cloudformation'],
  detailType: ['CloudFormation Stack Status Change'],
  detail: { 'status-details': { status: endedStatuses } },
};

/** A group has other instances than before, or its refresh has ended. */
export const groupChanged: EventPattern = {
  source: ['aws.autoscaling'],
  detailType: [
    'EC2 Auto Scaling Instance Refresh Succeeded',
    'EC2 Auto Scaling Instance Refresh Failed',
    'EC2 Auto Scaling Instance Refresh Cancelled',
    'EC2 Instance Launch Successful',
    'EC2 Instance Terminate Successful',
  ],
};

/** Inspector covers images by itself and says so; scans of other things have no `machine-image-id`. */
export const imageScanned: EventPattern = {
  source: ['aws.inspector2'],
  detailType: ['Inspector2 Scan'],
  detail: { 'machine-image-id': [{ exists: true }] },
};

/** Inspector has scanned an instance for the first time, one of a gate or any other. */
export const instanceScanned: EventPattern = {
  source: ['aws.inspector2'],
  detailType: ['Inspector2 Scan'],
  detail: { 'scan-status': ['INITIAL_SCAN_COMPLETE'], 'instance-id': [{ exists: true }] },
};

/**
 * Inspector has found a vulnerable package in an image, or in an instance of one; what reaches it over the network says
 * nothing of the image. Which findings matter is in the policies, by severity and by known exploits.
 * https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const packageFound: EventPattern = {
  source: ['aws.inspector2'],
  detailType: ['Inspector2 Finding'],
  detail: {
    status: ['ACTIVE'],
    type: ['PACKAGE_VULNERABILITY'],
    severity: ['UNTRIAGED', 'CRITICAL', 'HIGH', 'MEDIUM', 'LOW'],
    resources: { type: ['MACHINE_IMAGE', 'AWS_EC2_INSTANCE'] },
  },
};

/**
 * A change calendar of the hub has opened or closed; calendars that other accounts share send no events.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export const calendarChanged: EventPattern = {
  source: ['aws.ssm'],
  detailType: ['Calendar State Change'],
};

/** EC2 takes a Spot instance back in two minutes. Best effort. */
export const spotInterrupted: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EC2 Spot Instance Interruption Warning'],
};

/** An instance is ending, whoever has ended it. */
export const instanceEnded: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EC2 Instance State-change Notification'],
  detail: { state: ['stopping', 'shutting-down', 'terminated'] },
};

/** A scan that somebody has asked for is over. */
export const scanCompleted: EventPattern = {
  source: ['aws.inspector2'],
  detailType: ['Inspector2 OnDemand Scan Complete'],
};

/** An execution of a custom gate's machine has ended, well or not. */
export const gateEnded = (machineArns: readonly string[]): EventPattern => ({
  source: ['aws.states'],
  detailType: ['Step Functions Execution Status Change'],
  detail: { status: ['SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'], stateMachineArn: [...machineArns] },
});

/** A runbook of a boot check has ended. `Definition` is the runbook's name. */
export const runbookEnded = (runbooks: readonly string[]): EventPattern => ({
  source: ['aws.ssm'],
  detailType: ['EC2 Automation Execution Status-change Notification'],
  detail: { Definition: [...runbooks], Status: ['Success', 'Failed', 'TimedOut', 'Cancelled', 'Exited'] },
});

/**
 * An execution of exactly these machines has ended without success. The children of their maps have other
 * `stateMachineArn`s and do not match.
 */
export const executionFailed = (machineArns: readonly string[]): EventPattern => ({
  source: ['aws.states'],
  detailType: ['Step Functions Execution Status Change'],
  detail: { status: ['FAILED', 'ABORTED', 'TIMED_OUT'], stateMachineArn: [...machineArns] },
});
