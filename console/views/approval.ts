import { html } from 'hono/html';
import type * as z from '../zod.ts';
import type { Session } from '../auth/session.ts';
import type { StoredVerdict } from '../../domain/store/verdicts.ts';
import type { stackSchema } from '../schemas/campaign.ts';
import { gatesView, type Status } from './campaign.ts';
import { reasonForm } from './form.ts';
import type { Markup } from './layout.ts';
import { badge, campaignPath, moment } from './words.ts';

/** Everything that the page of an approval shows. */
export interface ApprovalPage {
  readonly status: Status;
  readonly ring: Status['rings'][number];
  readonly approval: NonNullable<Status['rings'][number]['approval']>;
  readonly stacks: readonly z.infer<typeof stackSchema>[];
  readonly verdicts: readonly StoredVerdict[];
  readonly session: Session;
  /** Null where the reader may decide, else why not. */
  readonly barred: string | null;
}

const instances = (stacks: ApprovalPage['stacks'], image: string): string => {
  const counts = stacks.flatMap(({ instances: own }) => Object.entries(own));
  const on = (chosen: boolean): number =>
    counts.filter(([id]) => (id === image) === chosen).reduce((sum, [, count]) => sum + count, 0);
  const others = on(false);
  return `${on(true)} on their stack's new image${others === 0 ? '' : `, ${others} on others`}`;
};

type Findings = NonNullable<NonNullable<ApprovalPage['approval']['evidence']>['findings']>;

/** Every vulnerability by name, for those who want to look. */
const findingsView = ({ fixed, new: added, unchanged }: Findings): Markup | string =>
  fixed.length + added.length + unchanged.length === 0
    ? ''
    : html`<details>
        <summary>Findings against the image in use</summary>
        <dl class="facts">
          ${(
            [
              ['New', added],
              ['Fixed', fixed],
              ['Unchanged', unchanged],
            ] as const
          ).map(
            ([label, ids]) =>
              html`<dt>${label}</dt>
                <dd>${ids.length === 0 ? 'none' : ids.join(', ')}</dd>`,
          )}
        </dl>
      </details>`;

/** The evidence of an approval, and the form that decides. */
export const approvalView = (shown: ApprovalPage): Markup => {
  const { status, ring, approval, stacks, session, barred } = shown;
  return html`
    <section id="request" data-live aria-labelledby="request-title">
      <h2 id="request-title">What is asked</h2>
      <p class="lead">
        ${badge(approval.state)} Ring ${ring.ring} of
        <a href="${campaignPath(status.campaignId)}">${status.campaignId}</a>
      </p>
      <dl class="facts">
        <dt>Image</dt>
        <dd>${approval.image}, family ${status.family}</dd>
        <dt>Started</dt>
        <dd>by ${status.starter}${status.startReason === '' ? '' : `: ${status.startReason}`}</dd>
        <dt>Asked for</dt>
        <dd>${moment(approval.requestedAt)}, expires ${moment(approval.expiresAt)}</dd>
        <dt>Needed</dt>
        <dd>
          ${approval.approversNeeded} ${approval.approversNeeded === 1 ? 'person' : 'people'} other than the starter
        </dd>
        <dt>Plan</dt>
        <dd><code>${approval.planHash}</code></dd>
      </dl>
      <h3>What it rests on</h3>
      <dl class="facts">
        ${approval.summary.map(
          ({ label, text }) =>
            html`<dt>${label}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>
      ${approval.evidence?.findings ? findingsView(approval.evidence.findings) : ''}
      ${
        approval.decisions.length === 0
          ? ''
          : html`<h3>Decisions</h3>
              <ul>
                ${approval.decisions.map(
                  ({ person, decision, reason, at }) => html`<li>${person}: ${decision}, ${moment(at)}: ${reason}</li>`,
                )}
              </ul>`
      }
    </section>
    ${
      approval.state !== 'open'
        ? ''
        : barred !== null
          ? html`<p class="said bad">${barred}</p>`
          : reasonForm({
              session,
              id: 'decide',
              action: `${campaignPath(status.campaignId)}/approval/${encodeURIComponent(ring.ring)}`,
              legend: 'Decide',
              explain: `You decide as ${session.name}, once, on exactly this plan.`,
              fields: html`<input type="hidden" name="planHash" value="${approval.planHash}" />`,
              buttons: [
                { value: 'approve', text: 'Approve' },
                { value: 'reject', text: 'Reject', danger: true },
              ],
            })
    }
    <section id="canaries" data-live aria-labelledby="canaries-title">
      <h2 id="canaries-title">Stacks of ring ${ring.ring}</h2>
      <table class="cards">
        <thead>
          <tr>
            ${['Stack', 'Target', 'Status', 'Instances', 'Reason'].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${stacks.map(
            (one) =>
              html`<tr>
                <td data-label="Stack">${one.stackName}</td>
                <td data-label="Target">${one.account}/${one.region}</td>
                <td data-label="Status">${badge(one.status)}</td>
                <td data-label="Instances">${instances([one], one.image)}</td>
                <td data-label="Reason">${one.reason === '' ? '–' : one.reason}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>
    ${gatesView(shown.verdicts)}
  `;
};
