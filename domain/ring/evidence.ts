import { deltaOf } from '../campaign/finding-delta-of.ts';
import type { FindingDelta } from '../gates/finding-delta.ts';
import { scaleOutWarning } from '../planning/scale-out-warning.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { stackRecords } from '../store/stack-records.ts';
import { verdictsOf, type StoredVerdict } from '../store/verdicts.ts';
import { minutesOf } from '../telling/ring-lists.ts';
import { targetName } from '../target.ts';
import type { StackStatus } from '../words.ts';
import { countStatuses, type StatusCounts } from './counts.ts';

/** What the alarms of a ring's stacks did from the first claim to the end of its bake. */
export interface BakeEvidence {
  readonly minutes: number;
  /** Stacks that name alarms, and how many these are; none: nobody has watched. */
  readonly stacks: number;
  readonly alarms: number;
  readonly wentOff: readonly string[];
  /** Alarms that had too little data to say that all is well. */
  readonly silent: readonly string[];
}

/** What a ring will touch. */
export interface NextRing {
  readonly ring: string;
  readonly stacks: number;
  readonly accounts: number;
  readonly regions: readonly string[];
  /** How the stacks get the image. */
  readonly byParameter: number;
  readonly bySsm: number;
}

/** What a decision on a ring rests on; kept with the request, so that everybody decides on the same. */
export interface ApprovalEvidence {
  readonly gates: readonly Pick<StoredVerdict, 'gate' | 'ring' | 'passed' | 'skipped' | 'reasons' | 'at'>[];
  /** Against the image in use; null where no scan was judged. */
  readonly findings: FindingDelta | null;
  readonly ring: {
    readonly planned: number;
    readonly counts: StatusCounts;
    readonly minutes: number | null;
    /** The first of them. */
    readonly stacks: readonly {
      readonly stack: string;
      readonly target: string;
      readonly status: StackStatus;
      readonly reason: string;
      /** Instances in service on the new image, and on any other. */
      readonly onImage: number;
      readonly onOthers: number;
    }[];
  };
  readonly bake: BakeEvidence;
  /** Null: the image is promoted. */
  readonly next: NextRing | null;
  /** What the plan warns of in the rings to come. */
  readonly warnings: readonly string[];
}

/** So many stacks and warnings are kept; the record has its limit, and nobody reads more. */
const most = 50;
const mostIds = 50;

const shortDelta = (delta: FindingDelta | null): FindingDelta | null =>
  delta && {
    ...delta,
    fixed: delta.fixed.slice(0, mostIds),
    new: delta.new.slice(0, mostIds),
    unchanged: delta.unchanged.slice(0, mostIds),
  };

const instancesOf = ({ instances, image }: StackRecord): { readonly onImage: number; readonly onOthers: number } => {
  const all = Object.values(instances).reduce((sum, count) => sum + count, 0);
  const onImage = instances[image] ?? 0;
  return { onImage, onOthers: all - onImage };
};

interface Red {
  readonly stack: string;
  readonly alarms: readonly (string | { readonly name: string })[];
}

/** `errors of app-0001`, as the recheck's verdict has them. */
const namesOf = (list: unknown): string[] =>
  Array.isArray(list)
    ? (list as Red[]).flatMap(({ stack, alarms }) =>
        alarms.map((alarm) => `${typeof alarm === 'string' ? alarm : alarm.name} of ${stack}`),
      )
    : [];

const bakeOf = (ring: readonly StackRecord[], recheck: StoredVerdict | undefined, minutes: number): BakeEvidence => {
  const watched = ring.filter(({ status, alarms }) => status === 'done' && alarms.length > 0);
  return {
    minutes,
    stacks: watched.length,
    alarms: new Set(watched.flatMap((record) => record.alarms.map((name) => `${targetName(record)} ${name}`))).size,
    wentOff: namesOf(recheck?.evidence['alarms']).slice(0, most),
    silent: namesOf(recheck?.evidence['silent']).slice(0, most),
  };
};

const nextOf = (later: readonly StackRecord[], names: readonly string[]): NextRing | null => {
  const work = later.filter(({ status }) => status === 'pending' || status === 'holding');
  const ring = names.find((name) => work.some((record) => record.ring === name));
  if (ring === undefined) return null;
  const own = work.filter((record) => record.ring === ring);
  return {
    ring,
    stacks: own.length,
    accounts: new Set(own.map(({ account }) => account)).size,
    regions: [...new Set(own.map(({ region }) => region))].sort(),
    byParameter: own.filter(({ mode }) => mode === 'parameter').length,
    bySsm: own.filter(({ mode }) => mode === 'ssm').length,
  };
};

/** Puts together what is known when a ring asks for approval. */
export const gatherEvidence = async (
  ports: Pick<Ports, 'table' | 'clock' | 'configuration'>,
  { campaignId, ringNames }: Campaign,
  ring: string,
): Promise<ApprovalEvidence> => {
  const records = (await Array.fromAsync(stackRecords(ports, campaignId))).sort((a, b) => a.order - b.order);
  const verdicts = (await Array.fromAsync(verdictsOf(ports, campaignId))).sort((a, b) => a.at.localeCompare(b.at));
  const own = records.filter((record) => record.ring === ring);
  const laterNames = ringNames.slice(ringNames.indexOf(ring) + 1);
  const later = records.filter((record) => laterNames.includes(record.ring));
  const recheck = verdicts.findLast((verdict) => verdict.gate === 'Recheck Gates' && verdict.ring === ring);
  const settings = ports.configuration().rings.find(({ name }) => name === ring);
  return {
    gates: verdicts.map(({ gate, ring: of, passed, skipped, reasons, at }) => ({
      gate,
      ring: of,
      passed,
      ...(skipped && { skipped }),
      reasons: reasons.slice(0, 10),
      at,
    })),
    findings: shortDelta(deltaOf(verdicts)),
    ring: {
      planned: own.length,
      counts: countStatuses(own),
      minutes: minutesOf(own, ports.clock.now().toISOString()),
      stacks: own.slice(0, most).map((record) => ({
        stack: record.stackName,
        target: targetName(record),
        status: record.status,
        reason: record.reason.slice(0, 400),
        ...instancesOf(record),
      })),
    },
    bake: bakeOf(own, recheck, settings?.bakeMinutes ?? 0),
    next: nextOf(later, laterNames),
    warnings: later
      .filter(({ status }) => status === 'pending' || status === 'holding')
      .flatMap((record) => scaleOutWarning(record) ?? [])
      .slice(0, most),
  };
};
