import type * as z from '../../zod.ts';
import { isStep, type Sections } from '../../../domain/machine/sections.ts';
import type { AslMachine } from '../../../domain/machine/asl.ts';
import { gateNames } from '../../../domain/configuration/gate-names.ts';
import type { campaignStatus } from '../../schemas/campaign.ts';

type Status = Pick<
  z.infer<typeof campaignStatus>,
  'gates' | 'imageSet' | 'outcome' | 'phase' | 'planHash' | 'rings' | 'dryRun'
>;
type Ring = Status['rings'][number];

/** What of a campaign says in which state of its machine it is. */
export interface Whereabouts {
  readonly status: Status;
  /** It waits for its turn. */
  readonly queued: boolean;
  /** Rings that wait for a window or a calendar. */
  readonly closedRings: readonly string[];
  /** The ring whose failures were too many; null: none. */
  readonly breachedRing: string | null;
}

/** How a state stands: `left out` was not needed, or not reached before the campaign ended. */
export type Progress = 'over' | 'now' | 'failed' | 'to come' | 'left out';

const wellEnded: ReadonlySet<string | null> = new Set(['PROMOTED', 'UNCHANGED', 'PLANNED', 'DUPLICATE', 'SUPERSEDED']);

/** `us-production` → `Us Production`: how the machine's states name a ring. */
const titleOf = (ring: string): string =>
  ring
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const hasBegun = ({ planned, counts }: Ring): boolean => planned > counts.pending + counts.skipped;

/** What of a ring is over, by the names of its states. */
const ringFacts = (ring: Ring, index: number, { status, closedRings, breachedRing }: Whereabouts) => {
  const title = titleOf(ring.ring);
  const laterBegan = status.rings.slice(index + 1).some((one) => hasBegun(one) || one.approval !== null);
  const rechecked = status.gates.find((one) => one.gate === 'Recheck Gates' && one.ring === ring.ring);
  const baked = rechecked !== undefined || ring.approval !== null || laterBegan;
  const isOpen = ring.state === 'waiting' || ring.state === 'in work' || breachedRing === ring.ring;
  const worked = baked || (hasBegun(ring) && !isOpen && status.phase === 'running');
  const passed = rechecked?.passed ?? (ring.approval !== null || laterBegan);
  const approved = ring.approval?.state === 'approved' || laterBegan;
  return {
    needed: ring.planned > 0,
    begun: hasBegun(ring),
    over: new Map<string, boolean>([
      [`Await Window (${title})`, !closedRings.includes(ring.ring) && (hasBegun(ring) || worked)],
      [`${title} Ring`, worked || breachedRing === ring.ring],
      [`Close Ring (${title})`, worked],
      [`Bake ${title} Ring`, baked],
      [`Recheck Gates (${title})`, baked && passed],
      [`Approve ${title} Ring`, ring.approval !== null && ring.approval.state === 'approved'],
      [`Confirm Approval (${title})`, approved],
    ]),
  };
};

/** What is over by what the table says, state by state; a state that is not named here follows the ones after it. */
const knownFacts = (of: Whereabouts) => {
  const { status, queued } = of;
  const planned = status.planHash !== '';
  const over = new Map<string, boolean>([
    ['Open Campaign', true],
    ['Await Turn', !queued],
    ['Resolve Images', Object.keys(status.imageSet).length > 0],
    ['Discover Stacks', planned],
    ['Plan Rings', planned],
    ['Promote Image', status.phase === 'promoted' || status.outcome === 'PROMOTED'],
    ['Report', status.outcome !== null],
    ['Done', wellEnded.has(status.outcome)],
  ]);
  const leftOut = new Set<string>();
  for (const gate of gateNames) {
    // A gate runs once, before the plan or before a ring.
    const passed = status.gates.some((one) => one.gate === gate && one.passed);
    over.set(gate, passed);
    for (const { ring } of status.rings) over.set(`${gate} (before ${titleOf(ring)})`, passed);
  }
  for (const [index, ring] of status.rings.entries()) {
    const facts = ringFacts(ring, index, of);
    for (const [name, isOver] of facts.over) {
      over.set(name, isOver);
      // A ring without stacks is passed by; its approval is asked for all the same.
      if (!facts.needed && !/^(Approve|Confirm) /.test(name)) leftOut.add(name);
    }
  }
  return { over, leftOut };
};

/** Where a campaign that failed left the successful way: the first state that is not over. */
const waysOutTaken = ({ status }: Whereabouts): readonly string[] => {
  if (status.outcome === 'REJECTED') return ['Report (Rejected)', 'Rejected'];
  if (status.outcome === 'RESTORED') return ['Restore Previous Image', 'Report (Restored)', 'Restored'];
  if (status.outcome === 'RESTORE_INCOMPLETE')
    return ['Restore Previous Image', 'Report (Restored)', 'Restore Incomplete'];
  return status.phase === 'restoring' ? ['Restore Previous Image'] : [];
};

/** How each step of the campaign's machine stands. */
export const progressOf = (machine: AslMachine, { sections, waysOut }: Sections, of: Whereabouts) => {
  const { status } = of;
  const { over, leftOut } = knownFacts(of);
  const steps = sections.flatMap((section) => section.steps);
  const taken = waysOutTaken(of);
  // A state that nobody knows of here is over as soon as one behind it is.
  const lastOver = steps.findLastIndex((name) => over.get(name) === true);
  const isOver = (name: string, index: number): boolean => over.get(name) ?? index < lastOver;
  const needed = (name: string): boolean => !leftOut.has(name) && (name !== 'Await Turn' || of.queued);
  const first = steps.findIndex((name, index) => needed(name) && !isOver(name, index));
  const endedWell = wellEnded.has(status.outcome);
  const found = new Map<string, Progress>();
  for (const [index, name] of steps.entries()) {
    if (!needed(name)) found.set(name, 'left out');
    else if (isOver(name, index) && (taken.length === 0 || index < first || first === -1)) found.set(name, 'over');
    else if (endedWell || (taken.length > 0 && index !== first)) found.set(name, 'left out');
    else if (index !== first) found.set(name, 'to come');
    else found.set(name, taken.length > 0 ? 'failed' : 'now');
  }
  const ended = status.outcome !== null;
  for (const { steps: out } of waysOut)
    for (const name of out) {
      const at = taken.indexOf(name);
      const isEnd = machine.States[name]?.Type === 'Fail';
      if (at === -1) found.set(name, taken.length > 0 || ended ? 'left out' : 'to come');
      else found.set(name, !ended && at === taken.length - 1 ? 'now' : isEnd ? 'failed' : 'over');
    }
  for (const name of Object.keys(machine.States))
    if (!found.has(name) && isStep(machine.States[name] ?? { Type: 'Pass' })) found.set(name, 'to come');
  return found;
};
