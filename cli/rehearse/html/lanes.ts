import { gateNames } from '../../../domain/configuration/gate-names.ts';
import { ringTitle } from '../../../statemachines/titles.ts';
import type { TimelineLine, Tone } from '../timeline-line.ts';
import type { ExecutionSpan, StateSpan } from './recording.ts';

/** A part of the campaign with a row of its own. */
export interface Lane {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
  readonly note: string;
}

/** Rows that belong together: the gates, a ring, the end. */
export interface LaneGroup {
  readonly title: string;
  /** Null: no stacks belong to it. */
  readonly ring: string | null;
  readonly lanes: readonly Lane[];
}

const beforeGates = ['Open Campaign', 'Await Turn', 'Resolve Images'];
const planning = ['Discover Stacks', 'Plan Rings'];
/** What is over at once has a row only if it is a gate, or went wrong. */
const worthARow = 60_000;

/** A restore, or another campaign beside this one. */
const executionLane = ({ name, from, to, status }: ExecutionSpan): Lane => {
  const isRestore = /-r\d+$/.test(name);
  const ended = isRestore ? 'everything is back' : 'succeeded';
  return {
    title: isRestore ? 'Restore' : `Campaign ${name}`,
    from,
    to: to ?? from,
    tone: status !== 'SUCCEEDED' ? 'bad' : isRestore ? 'warning' : 'good',
    note: status === 'SUCCEEDED' ? ended : status.toLowerCase().replace('_', ' '),
  };
};

/** The lanes of a campaign, from its states in their order; what each came to is what the timeline says of it. */
export const laneGroups = (
  states: readonly StateSpan[],
  lines: readonly TimelineLine[],
  rings: readonly string[],
  executions: readonly ExecutionSpan[],
): readonly LaneGroup[] => {
  const laneOf = (title: string, state: string, always: boolean): Lane[] =>
    states
      .filter((span) => span.state === state)
      .flatMap(({ from, to }) => {
        const said = lines.findLast(
          (line) => line.what === state && line.at >= from && line.at <= to && line.note !== '',
        );
        const tone = said?.tone ?? 'plain';
        return always || to - from >= worthARow || tone === 'bad'
          ? [{ title, from, to, tone, note: said?.note ?? '' }]
          : [];
      });
  const groups: LaneGroup[] = [
    {
      title: 'Gates',
      ring: null,
      lanes: [
        ...beforeGates.flatMap((state) => laneOf(state, state, false)),
        ...gateNames.flatMap((state) => laneOf(state, state, true)),
        ...planning.flatMap((state) => laneOf(state, state, false)),
      ],
    },
    ...rings.map((ring): LaneGroup => {
      const title = ringTitle(ring);
      return {
        title: `${title} ring`,
        ring,
        lanes: [
          ...laneOf('Stacks', `${title} Ring`, true),
          ...laneOf('Close', `Close Ring (${title})`, false),
          ...laneOf('Bake', `Bake ${title} Ring`, true),
          ...laneOf('Gates again', `Recheck Gates (${title})`, false),
          ...laneOf('Approval', `Approve ${title} Ring`, true),
          ...laneOf('Confirmed', `Confirm Approval (${title})`, false),
        ],
      };
    }),
    {
      title: 'Outcome',
      ring: null,
      lanes: [...laneOf('Promotion', 'Promote Image', true), ...executions.slice(1).map(executionLane)],
    },
  ];
  return groups.filter(({ lanes }) => lanes.length > 0);
};
