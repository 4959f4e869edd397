import { html } from 'hono/html';
import { adorn, type Kind } from './kinds.ts';
import type { AslMachine } from '../../../domain/machine/asl.ts';
import { divide } from '../../../domain/machine/sections.ts';
import type { StackStatus } from '../../../domain/words.ts';
import type { Markup } from '../layout.ts';
import { progressOf, type Progress, type Whereabouts } from './progress.ts';

const said: Readonly<Record<Progress, string>> = {
  over: 'over',
  now: 'now',
  failed: 'turned back here',
  'to come': 'to come',
  'left out': 'not entered',
};

const classes: Readonly<Record<Progress, string>> = {
  over: 'done',
  now: 'current',
  failed: 'failed',
  'to come': 'waiting',
  'left out': 'left',
};

/** Which statuses of stacks stand at which step of the work on one stack. */
const standing: Readonly<Record<string, readonly StackStatus[]>> = {
  'Claim Stack': ['pending', 'holding'],
  'Apply Image': ['updating', 'restoring'],
  'Verify Instances': ['verifying'],
  'Record Stack': ['done', 'failed', 'skipped', 'restored', 'quarantined'],
};

const step = (name: string, kind: Kind, progress: Progress, isEnd = false): Markup => html`
  <li class="${classes[progress]} ${kind.shape}" ${progress === 'now' ? html`aria-current="step"` : ''}>
    <span class="name">${name}</span>
    <span class="progress">${progress === 'failed' && isEnd ? 'ended so' : said[progress]}</span>
    ${kind.note === '' ? '' : html`<span class="note">${kind.note}</span>`}
  </li>
`;

/** The states in which the campaign is; none where it has ended. */
export const statesNow = (machine: AslMachine, of: Whereabouts): readonly string[] =>
  [...progressOf(machine, divide(machine), of)].filter(([, progress]) => progress === 'now').map(([name]) => name);

/**
 * The campaign's machine as it is deployed, with the state in which the campaign is: boxes that wrap where the screen ends,
 * lists to those who do not see them.
 */
export const machineView = (
  machine: AslMachine,
  of: Whereabouts & { readonly status: { readonly counts: Readonly<Record<StackStatus, number>> } },
): Markup => {
  const divided = divide(machine);
  const progress = progressOf(machine, divided, of);
  const standingOf = (name: string): Progress => progress.get(name) ?? 'to come';
  const kindOf = (name: string): Kind => adorn(machine.States[name]);
  const counts = (name: string): string =>
    (standing[name] ?? [])
      .filter((status) => of.status.counts[status] > 0)
      .map((status) => `${of.status.counts[status]} ${status}`)
      .join(', ') || 'none';
  return html`
    <div class="machine">
      ${divided.sections.map(
        ({ title, steps }, index) => html`
          <div class="part">
            <h3 id="part-${index}">${title}</h3>
            <ol class="steps" aria-labelledby="part-${index}">
              ${steps.map((name) => step(name, kindOf(name), standingOf(name)))}
            </ol>
          </div>
        `,
      )}
      <div class="part inner">
        <h3 id="part-stack">For each stack of a ring</h3>
        <ol class="steps" aria-labelledby="part-stack">
          ${divided.perStack.map(
            (name) =>
              html`<li>
                <span class="name">${name}</span>
                <span class="progress">${counts(name)}</span>
              </li>`,
          )}
        </ol>
      </div>
      ${divided.waysOut.map(
        ({ from, steps }, index) => html`
          <div class="part out">
            <h3 id="part-out-${index}">After a failure (${from.join(', ')})</h3>
            <ol class="steps" aria-labelledby="part-out-${index}">
              ${steps.map((name) => step(name, kindOf(name), standingOf(name), kindOf(name).isEnd))}
            </ol>
          </div>
        `,
      )}
    </div>
    <p><a href="/states">Every state, and where it leads</a></p>
  `;
};
