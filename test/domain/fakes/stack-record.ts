import type { StackTask } from '../../../contracts/shapes.ts';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import type { Previous, StackRecord } from '../../../domain/records/stack-record.ts';
import type { Direction } from '../../../domain/words.ts';
import { here, newImage, oldImage, stackIdOf } from './names.ts';
import { plannedStackOf } from '../../../domain/restore/planned-stack.ts';

/** What a claim records of a stack that is on the old image. */
export const aPrevious = (over: Partial<Previous> = {}): Previous => ({
  parameterValue: oldImage,
  image: oldImage,
  ssm: null,
  running: { [oldImage]: 2 },
  ...over,
});

/** A planned stack that nobody has claimed; its id follows from its name and target. */
export const aStackRecord = (over: Partial<StackRecord> = {}): StackRecord => {
  const stackName = over.stackName ?? 'app-0001';
  const { account = here.account, region = here.region } = over;
  return {
    schemaVersion,
    campaignId: 'campaign-1',
    stackId: stackIdOf(stackName, { account, region }),
    stackName,
    account,
    region,
    environment: 'production',
    ring: 'canary',
    order: 0,
    mode: 'parameter',
    parameter: 'ImageId',
    ssmParameter: null,
    readBy: over.mode === 'ssm' ? 'stack' : null,
    sharedWith: [],
    image: newImage,
    alarms: [],
    status: 'pending',
    reason: '',
    revision: 0,
    previous: null,
    shape: null,
    groups: [],
    replacement: null,
    touched: false,
    operation: null,
    instances: {},
    busySince: null,
    claimedAt: null,
    endedAt: null,
    audit: { sequence: 0, head: '' },
    ...over,
  };
};

/** A stack after its claim said go. */
export const aClaimedStack = (over: Partial<StackRecord> = {}): StackRecord =>
  aStackRecord({
    status: 'updating',
    previous: aPrevious(),
    shape: { parameters: [{ name: 'ImageId' }, { name: 'Size' }], capabilities: [] },
    replacement: 'rolling',
    claimedAt: '2026-11-22T11:00:00.000Z',
    ...over,
  });

/** The same stack as the state machine passes it to a task. */
export const aTask = (record: StackRecord, direction: Direction = 'forward', taskToken = 'token-1') => {
  const stack: StackTask['stack'] = plannedStackOf(record);
  return { campaignId: record.campaignId, direction, stack, taskToken };
};
