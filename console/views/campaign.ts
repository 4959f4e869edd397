import { drillLabel } from '../../domain/drill/drill-words.ts';
import { html } from 'hono/html';
import type * as z from '../zod.ts';
import type { Session } from '../auth/session.ts';
import type { Permission } from '../../domain/configuration/access.ts';
import type { Ring } from '../../domain/configuration/ring.ts';
import { adoptionText } from '../../domain/campaign/adoption.ts';
import { stackStatuses } from '../../domain/words.ts';
import type { CampaignEvent } from '../../domain/operating/list-events.ts';
import type { StoredVerdict } from '../../domain/store/verdicts.ts';
import type { campaignStatus, stackSchema } from '../schemas/campaign.ts';
import { reasonForm } from './form.ts';
import type { Markup } from './layout.ts';
import { stagesOf, stagesView } from './stages.ts';
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
  readonly rings: readonly Ring[];
  readonly verdicts: readonly StoredVerdict[];
  readonly stacks: { readonly items: readonly Stack[]; readonly next: string | null };
  readonly filter: Filter;
  readonly events: readonly CampaignEvent[];
  readonly session: Session;
  readonly may: readonly Permission[];
  /** Further forms, such as that of the local server. */
  readonly extra: Markup | string;
}

const facts = (status: Status): Markup => html`
  <section id="summary" data-live aria-labelledby="summary-title">
    <h2 id="summary-title">Now</h2>
    <p class="lead">
      ${badge(status.outcome ?? status.phase)}
      ${status.halted === null ? '' : html`${badge('halted')} ${status.halted}`} ${status.reason}
    </p>
    <dl class="facts">
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
      <dt>Ended</dt>
      <dd>${moment(status.endedAt)}</dd>
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
      <dt>Adoption</dt>
      <dd>${status.adoption === null ? '–' : adoptionText(status.adoption)}</dd>
      <dt>Expected end</dt>
      <dd>${status.estimate === null ? '–' : html`${moment(status.estimate.endsAt)} (${status.estimate.basis})`}</dd>
    </dl>
  </section>
`;

const rings = (status: Status): Markup => html`
  <section id="rings" data-live aria-labelledby="rings-title">
    <h2 id="rings-title">Rings</h2>
    ${status.rings.length === 0 ? html`<p>Nothing is planned yet.</p>` : ''}
    <ul class="rings">
      ${status.rings.map(
        ({ ring, planned, state, counts, approval }) => html`
          <li>
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
              <pre tabindex="0" role="region" aria-label="Evidence of ${gate}">
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

const controls = ({ status, session, may }: CampaignPage): Markup | string => {
  if (!may.includes('halt')) return '';
  const path = campaignPath(status.campaignId);
  const running = status.outcome === null;
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

/** One campaign. */
export const campaignView = (shown: CampaignPage): Markup => {
  const { status } = shown;
  return html`
    ${facts(status)}
    <section id="machine" data-live aria-labelledby="machine-title">
      <h2 id="machine-title">Stages</h2>
      ${stagesView(stagesOf(status, shown.rings))}
    </section>
    ${rings(status)} ${gatesView(shown.verdicts)} ${causes(status)}
    <div id="controls" data-live>${controls(shown)}</div>
    ${shown.extra} ${stacksTable(shown)} ${timeline(shown.events, campaignPath(status.campaignId))}
  `;
};
