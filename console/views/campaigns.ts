import { html } from 'hono/html';
import { drillLabel } from '../../domain/drill/drill-words.ts';
import type * as z from '../zod.ts';
import type { campaignSummary } from '../schemas/campaign.ts';
import type { Markup } from './layout.ts';
import { badge, campaignPath, moment } from './words.ts';

type Summary = z.infer<typeof campaignSummary>;

const row = (one: Summary): Markup => html`
  <tr>
    <td data-label="Campaign"><a href="${campaignPath(one.campaignId)}">${one.campaignId}</a></td>
    <td data-label="Family">
      ${one.family}${one.dryRun ? ' (dry run)' : ''}${one.drill === null ? '' : ` (${drillLabel(one.drill)})`}
    </td>
    <td data-label="State">${badge(one.outcome ?? one.phase)}</td>
    <td data-label="Stacks">${one.planned}</td>
    <td data-label="Started">${moment(one.startedAt)} by ${one.starter}</td>
    <td data-label="Ended">${moment(one.endedAt)}</td>
    <td data-label="Reason">${one.reason === '' ? one.startReason : one.reason}</td>
  </tr>
`;

/** The list of campaigns. */
export const campaignsView = (items: readonly Summary[], next: string | null): Markup => html`
  <section id="campaigns" data-live>
    ${
      items.length === 0
        ? html`<p>There is no campaign yet. <a href="/start">Start one</a>.</p>`
        : html`<table class="cards">
            <caption>
              Running campaigns first, then the latest
            </caption>
            <thead>
              <tr>
                ${['Campaign', 'Family', 'State', 'Stacks', 'Started', 'Ended', 'Reason'].map(
                  (name) => html`<th scope="col">${name}</th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${items.map(row)}
            </tbody>
          </table>`
    }
    ${next === null ? '' : html`<p><a href="/?cursor=${encodeURIComponent(next)}">More campaigns</a></p>`}
  </section>
`;
