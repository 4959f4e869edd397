import { html } from 'hono/html';
import type * as z from '../zod.ts';
import { gateNames } from '../../domain/configuration/gate-names.ts';
import type { Ring } from '../../domain/configuration/ring.ts';
import type { campaignStatus } from '../schemas/campaign.ts';
import type { Markup } from './layout.ts';

type Status = z.infer<typeof campaignStatus>;
type Progress = 'done' | 'current' | 'failed' | 'waiting';

/** One state of the campaign's machine, by its name in the console of Step Functions. */
export interface Stage {
  readonly name: string;
  readonly progress: Progress;
}

interface Step {
  readonly name: string;
  readonly begun: boolean;
  readonly over: boolean;
}

const titled = (ring: string): string =>
  ring
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const ringSteps = ({ ring, state, planned, counts, approval }: Status['rings'][number], asks: boolean): Step[] => {
  const name = titled(ring);
  const begun = planned > counts.pending + counts.skipped;
  const worked = state !== 'waiting' && state !== 'in work';
  const baked = worked && state !== 'baking';
  return [
    { name: `${name} Ring`, begun, over: worked },
    { name: `Bake ${name} Ring`, begun: approval !== null, over: baked },
    ...(asks ? [{ name: `Approve ${name} Ring`, begun: approval !== null, over: state === 'finished' }] : []),
  ];
};

const stepsOf = (status: Status, rings: readonly Ring[]): readonly Step[] => {
  const judged = new Set(status.gates.filter(({ ring }) => ring === null).map(({ gate }) => gate));
  const judgedBefore = (name: string, before: string): boolean =>
    status.gates.some(({ gate, ring }) => gate === name && ring === before);
  const planned = status.planHash !== '';
  const step = (name: string, over: boolean): Step => ({ name, begun: over, over });
  return [
    step('Open Campaign', true),
    step('Resolve Images', Object.keys(status.imageSet).length > 0),
    // Once there is a plan, a gate without a verdict is one that runs before a later ring.
    ...gateNames.filter((gate) => judged.has(gate) || !planned).map((gate) => step(gate, judged.has(gate))),
    step('Discover Stacks', planned),
    step('Plan Rings', planned),
    ...status.rings.flatMap((one) => [
      ...gateNames.filter((gate) => judgedBefore(gate, one.ring)).map((gate) => step(gate, true)),
      ...ringSteps(one, rings.find(({ name }) => name === one.ring)?.approval !== 'none'),
    ]),
    step('Promote Image', status.outcome === 'PROMOTED' || status.phase === 'promoted'),
    step('Report', status.outcome !== null),
  ];
};

/** The campaign's machine and how far it is. Of a campaign that turned back, what it has reached, and then the way back. */
export const stagesOf = (status: Status, rings: readonly Ring[]): readonly Stage[] => {
  const steps = stepsOf(status, rings);
  const restores = status.phase === 'restoring' || ['RESTORED', 'RESTORE_INCOMPLETE'].includes(status.outcome ?? '');
  if (!restores && (status.outcome === null || status.outcome === 'PROMOTED')) {
    const current = steps.findIndex(({ over }) => !over);
    return steps.map(({ name, over }, index) => ({
      name,
      progress: over ? 'done' : index === current ? 'current' : 'waiting',
    }));
  }
  const refused = new Set(status.gates.filter(({ passed }) => !passed).map(({ gate }) => gate));
  const reached = steps.filter(({ name, begun }) => begun && name !== 'Report' && name !== 'Promote Image');
  const ended = status.outcome !== null;
  return [
    ...reached.map(({ name }): Stage => ({ name, progress: refused.has(name) ? 'failed' : 'done' })),
    ...(restores ? [{ name: 'Restore Previous Image', progress: ended ? 'done' : 'current' } as const] : []),
    { name: 'Report', progress: ended ? 'done' : 'waiting' },
  ];
};

const said: Readonly<Record<Progress, string>> = {
  done: 'over',
  current: 'now',
  failed: 'refused',
  waiting: 'to come',
};

/** The stages as a diagram that wraps where the screen ends; a list to those who do not see it. */
export const stagesView = (stages: readonly Stage[]): Markup => html`
  <ol class="stages">
    ${stages.map(
      ({ name, progress }) =>
        html`<li class="${progress}" ${progress === 'current' ? html`aria-current="step"` : ''}>
          <span class="name">${name}</span> <span class="progress">${said[progress]}</span>
        </li>`,
    )}
  </ol>
`;
