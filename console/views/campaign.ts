import { drillLabel } from '../../domain/drill/drill-words.ts';
import { html } from 'hono/html';
import type * as z from '../zod.ts';
import type { Session } from '../auth/session.ts';
import type { Permission } from '../../domain/configuration/access.ts';
import type { AslMachine } from '../../domain/machine/asl.ts';
import type { WaitsOfCampaign } from '../../domain/operating/whereabouts.ts';
import { adoptionText } from '../../domain/campaign/adoption.ts';
import { stackStatuses } from '../../domain/words.ts';
import type { CampaignEvent } from '../../domain/operating/list-events.ts';
import type { StoredVerdict } from '../../domain/store/verdicts.ts';
import type { campaignStatus, stackSchema } from '../schemas/campaign.ts';
import { reasonForm } from './form.ts';
import type { Markup } from './layout.ts';
import { machineView, statesNow } from './machine/machine-view.ts';
import { badge, campaignPath, countsText, moment, settledOf } from './words.ts';

export type Status = z.infer<typeof campaignStatus>;
type Stack = z.infer<typeof stackSchema>;

/** Which stacks of the campaign are shown. */
export interface Filter {
  readonly ring: string | null;
  readonly status: string | null;
}

/** Everything that the page of a campaign shows. */
export interface CampaignPage {
  readonly status: Status;
  /** What it waits for. */
  readonly where: WaitsOfCampaign;
  /** The campaign's machine as it is deployed; null: there is none to draw. */
  readonly machine: AslMachine | null;
  readonly verdicts: readonly StoredVerdict[];
  readonly stacks: { readonly items: readonly Stack[]; readonly next: string | null };
  readonly filter: Filter;
  readonly events: readonly CampaignEvent[];
  readonly session: Session;
  readonly may: readonly Permission[];
  /** Further forms, such as that of the local server. */
  readonly extra: Markup | string;
}

/** What somebody has to do, if anything: the first thing that a reader wants to know. */
const wanted = (status: Status): Markup | string => {
  const asking = status.outcome === null ? status.rings.find(({ approval }) => approval?.state === 'open') : undefined;
  if (asking !== undefined)
    return html`<p class="said">
      Ring ${asking.ring} waits for an approval:
      <a href="${campaignPath(status.campaignId)}/approval/${encodeURIComponent(asking.ring)}">look at it and decide</a
      >.
    </p>`;
  if (status.halted !== null)
    return html`<p class="said bad">It is ${status.halted}. <a href="#controls-title">Resume or abort</a>.</p>`;
  return status.outcome === 'RESTORE_INCOMPLETE'
    ? html`<p class="said bad">
        Some stacks could not be put back:
        <a href="${campaignPath(status.campaignId)}?status=quarantined#stacks-title">see which, and why</a>.
      </p>`
    : '';
};

const facts = (status: Status, states: readonly string[]): Markup => html`
  <section id="summary" data-live aria-labelledby="summary-title">
    <h2 id="summary-title">Now</h2>
    <p class="lead">
      ${badge(status.outcome ?? status.phase)} ${status.halted === null ? '' : badge('halted')} ${status.reason}
    </p>
    ${wanted(status)}
    <dl class="facts">
      ${
        states.length === 0
          ? ''
          : html`<dt>State</dt>
              <dd><a href="#machine-title">${states.join(', ')}</a></dd>`
      }
      <dt>Image</dt>
      <dd>${status.image.id} (${status.image.region})</dd>
      <dt>Family</dt>
      <dd>${status.family}, ${status.category}${status.dryRun ? ', dry run' : ''}</dd>
      ${
        status.drill === null
          ? ''
          : html`<dt>Drill</dt>
              <dd>${drillLabel(status.drill)}</dd>`
      }
      <dt>Started</dt>
      <dd>
        ${moment(status.startedAt)} by ${status.starter}${status.startReason === '' ? '' : `: ${status.startReason}`}
      </dd>
      ${
        status.endedAt === null
          ? ''
          : html`<dt>Ended</dt>
              <dd>${moment(status.endedAt)}</dd>`
      }
      ${
        status.outcome === null
          ? ''
          : html`<dt>Report</dt>
              <dd>
                ${(['html', 'text', 'json'] as const).map(
                  (format) =>
                    html`<a href="${campaignPath(status.campaignId)}/report?format=${format}"
                      >${{ html: 'Page', text: 'Text', json: 'JSON' }[format]}</a
                    > `,
                )}
              </dd>`
      }
      <dt>Stacks</dt>
      <dd>${status.planned} planned: ${countsText(status.counts)}</dd>
      ${
        status.adoption === null
          ? ''
          : html`<dt>Adoption</dt>
              <dd>${adoptionText(status.adoption)}</dd>`
      }
      ${
        status.estimate === null
          ? ''
          : html`<dt>Expected end</dt>
              <dd>${moment(status.estimate.endsAt)} (${status.estimate.basis})</dd>`
      }
    </dl>
  </section>
`;

/** Whether anything in a ring went wrong, as the colour of its bar. */
const toneOf = ({ failed, quarantined, restoring, restored }: Status['counts']): string =>
  failed + quarantined > 0 ? 'bad' : restoring + restored > 0 ? 'warn' : '';

const rings = (status: Status): Markup => html`
  <section id="rings" data-live aria-labelledby="rings-title">
    <h2 id="rings-title">Rings</h2>
    ${status.rings.length === 0 ? html`<p>Nothing is planned yet.</p>` : ''}
    <ul class="rings">
      ${status.rings.map(
        ({ ring, planned, state, counts, approval }) => html`
          <li class="${toneOf(counts)}">
            <h3 id="ring-${ring}">${ring} ${badge(state)}</h3>
            <progress
              aria-labelledby="ring-${ring}"
              max="${Math.max(planned, 1)}"
              value="${settledOf(counts)}"
            ></progress>
            <p>${settledOf(counts)} of ${planned} settled: ${countsText(counts)}</p>
            ${
              approval === null
                ? ''
                : html`<p>
                    <a href="${campaignPath(status.campaignId)}/approval/${encodeURIComponent(ring)}"
                      >Approval of ring ${ring}: ${approval.state}</a
                    >, ${approval.decisions.length} of ${approval.approversNeeded} decided
                  </p>`
            }
          </li>
        `,
      )}
    </ul>
  </section>
`;

/** Verdicts with what they rest on. */
export const gatesView = (verdicts: readonly StoredVerdict[]): Markup => html`
  <section id="gates" data-live aria-labelledby="gates-title">
    <h2 id="gates-title">Gates</h2>
    ${verdicts.length === 0 ? html`<p>No gate has judged yet.</p>` : ''}
    <ul class="gates">
      ${verdicts.map(
        ({ gate, ring, passed, skipped, reasons, evidence, at }) => html`
          <li>
            <h3>
              ${gate}${ring === null ? '' : ` (${ring})`}
              ${skipped ? badge('skipped') : passed ? html`<span class="badge good">passed</span>` : badge('rejected')}
            </h3>
            <p>${moment(at)}${reasons.length === 0 ? '' : html`: ${reasons.join('; ')}`}</p>
            <details>
              <summary>Evidence of ${gate}${ring === null ? '' : ` before ring ${ring}`}</summary>
              <pre
                tabindex="0"
                role="region"
                aria-label="Evidence of ${gate}${ring === null ? '' : ` before ring ${ring}`}, ${at}"
              >
${JSON.stringify(evidence, null, 2)}</pre>
            </details>
          </li>
        `,
      )}
    </ul>
  </section>
`;

const causes = (status: Status): Markup => html`
  <section id="causes" data-live aria-labelledby="causes-title">
    <h2 id="causes-title">Failures by root cause</h2>
    ${status.causes.length === 0 ? html`<p>None.</p>` : ''}
    <ul>
      ${status.causes.map(
        ({ status: word, reason, stacks, examples }) =>
          html`<li>
            ${badge(word)} ${stacks} ${stacks === 1 ? 'stack' : 'stacks'}: ${reason}<br /><small
              >${examples.join(', ')}</small
            >
          </li>`,
      )}
    </ul>
    ${
      status.leftOut.length === 0
        ? ''
        : html`<h3>Left out</h3>
            <ul>
              ${status.leftOut.map(({ name, reason }) => html`<li>${name}: ${reason}</li>`)}
            </ul>`
    }
  </section>
`;

const option = (value: string, text: string, chosen: string | null): Markup =>
  html`<option value="${value}" ${(chosen ?? '') === value ? html`selected` : ''}>${text}</option>`;

const stacksTable = ({ status, stacks, filter }: CampaignPage): Markup => {
  const more = new URLSearchParams();
  if (filter.ring !== null) more.set('ring', filter.ring);
  if (filter.status !== null) more.set('status', filter.status);
  if (stacks.next !== null) more.set('cursor', stacks.next);
  return html`
    <section aria-labelledby="stacks-title">
      <h2 id="stacks-title">Stacks</h2>
      <form method="get" action="${campaignPath(status.campaignId)}#stacks-title" class="filter">
        <label for="filter-ring">Ring</label>
        <select id="filter-ring" name="ring">
          ${option('', 'all', filter.ring)} ${status.rings.map(({ ring }) => option(ring, ring, filter.ring))}
        </select>
        <label for="filter-status">Status</label>
        <select id="filter-status" name="status">
          ${option('', 'all', filter.status)} ${stackStatuses.map((one) => option(one, one, filter.status))}
        </select>
        <button type="submit">Show</button>
      </form>
      <div id="stacks" data-live>
        ${
          stacks.items.length === 0
            ? html`<p>No stack here fits.</p>`
            : html`<table class="cards">
                <thead>
                  <tr>
                    ${['Stack', 'Target', 'Ring', 'Status', 'Image', 'Instances', 'Reason'].map(
                      (name) => html`<th scope="col">${name}</th>`,
                    )}
                  </tr>
                </thead>
                <tbody>
                  ${stacks.items.map(
                    (one) =>
                      html`<tr>
                        <td data-label="Stack">${one.stackName}</td>
                        <td data-label="Target">${one.account}/${one.region}</td>
                        <td data-label="Ring">${one.ring}</td>
                        <td data-label="Status">${badge(one.status)}</td>
                        <td data-label="Image">
                          ${one.previousImage === null ? '' : html`${one.previousImage} → `}${one.image}
                        </td>
                        <td data-label="Instances">
                          ${
                            Object.entries(one.instances)
                              .map(([image, count]) => `${count} on ${image}`)
                              .join(', ') || '–'
                          }
                        </td>
                        <td data-label="Reason">${one.reason === '' ? '–' : one.reason}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`
        }
        ${
          stacks.next === null
            ? ''
            : html`<p><a href="${campaignPath(status.campaignId)}?${more.toString()}#stacks-title">More stacks</a></p>`
        }
      </div>
    </section>
  `;
};

const timeline = (events: readonly CampaignEvent[], path: string): Markup => html`
  <section id="timeline" data-live aria-labelledby="timeline-title">
    <h2 id="timeline-title">Timeline</h2>
    <p>The latest first. <a href="${path}/timeline">From the beginning</a></p>
    ${eventList(events)}
  </section>
`;

/** Events, one a line. */
export const eventList = (events: readonly CampaignEvent[]): Markup => html`
  <ol class="timeline">
    ${events.map(
      ({ at, who, what, why, stack }) =>
        html`<li>
          ${moment(at)} <b>${what}</b>
          ${stack === null ? '' : html`${stack.name} (${stack.account}/${stack.region})`} by
          ${who}${why === '' ? '' : html`: ${why}`}
        </li>`,
    )}
  </ol>
`;

/** Whether there can be anything left that the campaign has moved; the way back that is under way needs nobody. */
const canRollBack = ({ outcome }: Status): boolean => outcome === 'PROMOTED' || outcome === 'RESTORE_INCOMPLETE';

const controls = ({ status, session, may }: CampaignPage): Markup | string => {
  if (!may.includes('halt')) return '';
  const path = campaignPath(status.campaignId);
  const running = status.outcome === null && status.phase === 'running';
  if (!running && !canRollBack(status)) return '';
  const halting = status.halted === null ? { value: 'halt', text: 'Halt' } : { value: 'resume', text: 'Resume' };
  return html`<section aria-labelledby="controls-title">
    <h2 id="controls-title">Act</h2>
    ${
      running
        ? reasonForm({
            session,
            id: 'control',
            action: `${path}/control`,
            legend: 'Halt, resume or abort',
            explain:
              'Halt: no new stack is claimed, what is in flight goes on. Abort: everything that was touched is put back.',
            buttons: [halting, { value: 'abort', text: 'Abort', danger: true }],
          })
        : reasonForm({
            session,
            id: 'control',
            action: `${path}/control`,
            legend: 'Roll back',
            explain: 'Puts every stack back that this campaign has moved.',
            buttons: [{ value: 'rollback', text: 'Roll back', danger: true }],
          })
    }
  </section>`;
};

/** One campaign: what is wanted first, then how far it is, what went wrong, and what can be done. */
export const campaignView = (shown: CampaignPage): Markup => {
  const { status, machine } = shown;
  const of = { status, ...shown.where };
  return html`
    ${facts(status, machine === null ? [] : statesNow(machine, of))} ${rings(status)} ${causes(status)}
    <div id="controls" data-live>${controls(shown)}</div>
    <section id="machine" data-live aria-labelledby="machine-title">
      <h2 id="machine-title">Machine</h2>
      ${machine === null ? '' : machineView(machine, of)}
    </section>
    ${gatesView(shown.verdicts)} ${shown.extra} ${stacksTable(shown)}
    ${timeline(shown.events, campaignPath(status.campaignId))}
  `;
};
