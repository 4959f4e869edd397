import { sha256 } from '../hash.ts';
import type { Key } from '../ports/table.ts';
import { targetName, type Target } from '../target.ts';
import type { Direction } from '../words.ts';

const stackHash = (stackId: string): string => sha256(stackId).slice(0, 20);
const padded = (order: number): string => String(order).padStart(6, '0');

/** Where each kind of record lives in the table; nothing else composes a key. */
export const keys = {
  campaign: (campaignId: string): Key => ({ pk: `CAMPAIGN#${campaignId}`, sk: 'CAMPAIGN' }),
  /** Who has asked the API for the campaign. */
  start: (campaignId: string): Key => ({ pk: `CAMPAIGN#${campaignId}`, sk: 'START' }),
  /** What a caller has used an idempotency key for. */
  startKey: (keyHash: string): Key => ({ pk: `STARTKEY#${keyHash}`, sk: 'START' }),
  stack: (campaignId: string, ring: string, stackId: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `STACK#${ring}#${stackHash(stackId)}`,
  }),
  ring: (campaignId: string, ring: string): Key => ({ pk: `CAMPAIGN#${campaignId}`, sk: `RING#${ring}` }),
  /** A time at which a ring that had begun had to pause. */
  pause: (campaignId: string, ring: string, until: string | null): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `PAUSE#${ring}#${until ?? ''}`,
  }),
  parameter: (campaignId: string, target: Target, name: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `PARAMETER#${targetName(target)}#${name}`,
  }),
  /** Which conclusion about the images was the first. */
  resolution: (campaignId: string): Key => ({ pk: `CAMPAIGN#${campaignId}`, sk: 'RESOLUTION' }),
  /** What the target's account was told of the keys of an image, or of one key. */
  keyAnswer: (campaignId: string, target: Target, about: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `KEYANSWER#${targetName(target)}#${about}`,
  }),
  verdict: (campaignId: string, gate: string, at: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `VERDICT#${gate}#${at}`,
  }),
  gateCall: (campaignId: string, gateKey: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `GATECALL#${gateKey}`,
  }),
  gateInstance: (campaignId: string, purposeKey: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `GATEINSTANCE#${purposeKey}`,
  }),
  /** What gates have found of a build. */
  imageRecord: (family: string, build: string): Key => ({
    pk: `IMAGE#${sha256(JSON.stringify([family, build]))}`,
    sk: 'VERDICTS',
  }),
  /** What was found in a build after its promotion, by what it was. */
  alert: (family: string, build: string, fingerprint: string): Key => ({
    pk: `IMAGE#${sha256(JSON.stringify([family, build]))}`,
    sk: `ALERT#${fingerprint}`,
  }),
  instance: (instanceId: string): Key => ({ pk: `INSTANCE#${instanceId}`, sk: 'GATEINSTANCE' }),
  gateExecution: (execution: string): Key => ({ pk: `GATEEXECUTION#${execution}`, sk: 'GATECALL' }),
  approval: (campaignId: string, ring: string): Key => ({ pk: `CAMPAIGN#${campaignId}`, sk: `APPROVAL#${ring}` }),
  /** A fact that the operators were told, by its id. */
  told: (campaignId: string, id: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `TOLD#${id.slice(campaignId.length + 1)}`,
  }),
  promotion: (campaignId: string, target: Target, parameter: string): Key => ({
    pk: `CAMPAIGN#${campaignId}`,
    sk: `PROMOTION#${targetName(target)}#${parameter}`,
  }),
  campaignAudit: (campaignId: string, sequence: number): Key => ({
    pk: `AUDIT#${campaignId}`,
    sk: padded(sequence),
  }),
  stackAudit: (campaignId: string, stackId: string, sequence: number): Key => ({
    pk: `AUDIT#${campaignId}#${stackHash(stackId)}`,
    sk: padded(sequence),
  }),
  /** One campaign for each family, build and scope. */
  build: (family: string, build: string, scope: string): Key => ({
    pk: `BUILD#${sha256(JSON.stringify([family, build, scope]))}`,
    sk: 'CAMPAIGN',
  }),
  /** The running campaign of a family. */
  family: (family: string): Key => ({ pk: `FAMILY#${family}`, sk: 'RUNNING' }),
  /** The campaigns that run now, and those that began on a day: places that a limit counts. */
  runningCampaigns: (): Key => ({ pk: 'CAMPAIGNS', sk: 'RUNNING' }),
  campaignsOfDay: (day: string): Key => ({ pk: 'CAMPAIGNS', sk: `DAY#${day}` }),
  /** The newest build of a family that a campaign was opened for. */
  newest: (family: string): Key => ({ pk: `FAMILY#${family}`, sk: 'NEWEST' }),
  /** When a designated stack of the family was last drilled with success. */
  drill: (family: string, stack: string): Key => ({ pk: `FAMILY#${family}`, sk: `DRILL#${stack}` }),
  current: (family: string, environment: string, target: Target): Key => ({
    pk: `CURRENT#${family}`,
    sk: `${environment}#${targetName(target)}`,
  }),
  /** Images that are kept as the way back, all of them in one place for the daily look. */
  imageHold: (region: string, imageId: string): Key => ({ pk: 'HELD', sk: `${region}#${imageId}` }),
  lease: (stackId: string): Key => ({ pk: `STACK#${stackId}`, sk: 'LEASE' }),
  /** Each direction has its own: what an aborted forward run has left taken must not hold up the restore. */
  slots: (campaignId: string, target: Target, direction: Direction): Key => ({
    pk: `SLOTS#${campaignId}#${direction}`,
    sk: targetName(target),
  }),
  /** Several campaigns may wait for one thing (the scan of an image): each is a member of the key. */
  wait: (key: string, member = 'WAIT'): Key => ({ pk: `WAIT#${key}`, sk: member }),
  hold: (group: string, order: number, stackId: string): Key => ({
    pk: `HOLD#${group}`,
    sk: `${padded(order)}#${stackHash(stackId)}`,
  }),
  pace: (target: Target, what: string): Key => ({ pk: `PACE#${targetName(target)}`, sk: what }),
  halt: (scope: string): Key => ({ pk: 'HALT', sk: scope }),
  /** The last link of the trail of decisions that concern all campaigns; its entries are those of campaign `*`. */
  trailHead: (): Key => ({ pk: 'TRAIL', sk: 'HEAD' }),
} as const;

/** The groups of stacks that wait for the same thing. */
export const holdGroups = {
  target: (campaignId: string, target: Target, direction: Direction): string =>
    `${campaignId}#${direction}#${targetName(target)}`,
  busy: (stackId: string): string => `busy#${stackId}`,
  halted: (campaignId: string): string => `halted#${campaignId}`,
  /** The ring has begun, and no window or calendar lets it go on. */
  closed: (campaignId: string, ring: string): string => `closed#${campaignId}#${ring}`,
} as const;
