import { html } from 'hono/html';
import type * as z from '../zod.ts';
import { adoptionText } from '../../domain/campaign/adoption.ts';
import type { driftPage, promotionHistoryPage, promotions } from '../routes/fleet.ts';
import type { Markup } from './layout.ts';
import { badge, campaignPath, moment } from './words.ts';

type Promotion = z.infer<typeof promotions>['items'][number];
type Entry = z.infer<typeof promotionHistoryPage>['items'][number];

const table = (list: readonly (Promotion | Entry)[]): Markup =>
  list.length === 0
    ? html`<p>Nothing was promoted yet.</p>`
    : html`<table class="cards">
        <thead>
          <tr>
            ${['Image', 'Before', 'Environment', 'Target', 'State', 'When', 'Adoption', 'Campaign'].map(
              (name) => html`<th scope="col">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${list.map(
            (one) =>
              html`<tr>
                <td data-label="Image">${one.image}</td>
                <td data-label="Before">${one.previousImage ?? '–'}</td>
                <td data-label="Environment">${one.environment}</td>
                <td data-label="Target">${one.account}/${one.region}</td>
                <td data-label="State">${badge(one.state)}</td>
                <td data-label="When">${moment(one.at)}</td>
                <td data-label="Adoption">${'adoption' in one && one.adoption ? adoptionText(one.adoption) : '–'}</td>
                <td data-label="Campaign"><a href="${campaignPath(one.campaignId)}">${one.campaignId}</a></td>
              </tr>`,
          )}
        </tbody>
      </table>`;

/** What is promoted for a family, and what was. */
export const familyView = (latest: readonly Promotion[], history: readonly Entry[]): Markup => html`
  <section aria-labelledby="latest-title">
    <h2 id="latest-title">Current images</h2>
    ${table(latest)}
  </section>
  <section aria-labelledby="history-title">
    <h2 id="history-title">History, the latest first</h2>
    ${table(history)}
  </section>
`;

const targetsText = ({ targets, remaining, items, stacks }: z.infer<typeof driftPage>): string => {
  const [only] = targets;
  if (only === undefined) return 'There is no target that can be asked.';
  const who = targets.length === 1 ? only : `${targets.length} targets`;
  const rest =
    remaining === 0 ? '' : ` ${remaining} more ${remaining === 1 ? 'target is' : 'targets are'} still to be asked.`;
  return `${who}: ${items.length} of ${stacks} opted-in stacks are not as the promoted image would have them.${rest}`;
};

/** The stacks that drift in some targets, and which targets these are. */
export const driftView = (page: z.infer<typeof driftPage>): Markup => {
  const { items, next, targets, unknown } = page;
  return html`
    <p class="lead">${targetsText(page)}</p>
    ${
      targets.length < 2
        ? ''
        : html`<details>
            <summary>Targets asked</summary>
            <ul>
              ${targets.map((name) => html`<li>${name}</li>`)}
            </ul>
          </details>`
    }
    ${
      unknown.length === 0
        ? ''
        : html`<h2>Could not be asked</h2>
            <ul>
              ${unknown.map(({ name, reason }) => html`<li>${name}: ${reason}</li>`)}
            </ul>`
    }
    ${
      items.length === 0
        ? ''
        : html`<table class="cards">
            <thead>
              <tr>
                ${['Stack', 'Target', 'Family', 'Image', 'Promoted', 'Age', 'Findings'].map(
                  (name) => html`<th scope="col">${name}</th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${items.map(
                (one) =>
                  html`<tr>
                    <td data-label="Stack">${one.stackName}</td>
                    <td data-label="Target">${one.account}/${one.region}</td>
                    <td data-label="Family">${one.family}, ${one.environment}</td>
                    <td data-label="Image">${one.image}</td>
                    <td data-label="Promoted">${one.promoted ?? '–'}</td>
                    <td data-label="Age">${one.ageDays === null ? '–' : `${one.ageDays} days`}</td>
                    <td data-label="Findings">${one.findings.join('; ')}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${next === null ? '' : html`<p><a href="/drift?cursor=${encodeURIComponent(next)}">Next targets</a></p>`}
  `;
};
