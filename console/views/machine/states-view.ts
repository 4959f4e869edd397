import { html } from 'hono/html';
import { partsOf, type AslMachine, type NamedMachine } from '../../../domain/machine/asl.ts';
import { readingOrder } from '../../../domain/machine/reading-order.ts';
import { waysOf } from '../../../domain/machine/success-path.ts';
import type { Markup } from '../layout.ts';
import { adorn } from './kinds.ts';

const idOf = (machine: string, state: string): string => `${machine}-${state}`.replaceAll(/[^A-Za-z0-9]+/g, '-');

const table = (id: string, machine: AslMachine): Markup => html`
  <table class="cards">
    <thead>
      <tr>
        ${['State', 'What it does', 'Leads to', 'After an error'].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${readingOrder(machine).map((name) => {
        const state = machine.States[name] ?? { Type: 'Pass' };
        const ways = waysOf(state);
        const errors = state.Catch ?? [];
        const link = (to: string): Markup => html`<a href="#${idOf(id, to)}">${to}</a>`;
        return html`<tr id="${idOf(id, name)}">
          <td data-label="State">${name}</td>
          <td data-label="What it does">${adorn(state).word}</td>
          <td data-label="Leads to">
            ${
              ways.length === 0
                ? '–'
                : ways.map(
                    ({ to, label }, at) => html`${at === 0 ? '' : '; '}${label === '' ? '' : `${label}: `}${link(to)}`,
                  )
            }
          </td>
          <td data-label="After an error">
            ${
              errors.length === 0
                ? '–'
                : errors.map(
                    ({ ErrorEquals, Next }, at) =>
                      html`${at === 0 ? '' : '; '}${ErrorEquals.includes('States.ALL') ? '' : `${ErrorEquals.join(', ')}: `}${link(Next)}`,
                  )
            }
          </td>
        </tr>`;
      })}
    </tbody>
  </table>
`;

const section = (id: string, title: string, machine: AslMachine): Markup => html`
  <section aria-labelledby="${idOf(id, 'title')}">
    <h2 id="${idOf(id, 'title')}">${title}</h2>
    ${table(id, machine)}
  </section>
  ${Object.entries(machine.States).flatMap(([name, state]) =>
    partsOf(state).map((part) => section(`${id}-${name}`, `${title}: ${name}, for each stack`, part)),
  )}
`;

/** Every state of the machines as they are deployed, and where each leads: for whoever sees a red one in AWS's console. */
export const statesView = (machines: readonly NamedMachine[]): Markup => html`
  <p class="lead">
    The machines as they are deployed. A state's function has its name: <em>Claim Stack</em> is
    <code>ami-rollout-claim-stack</code>.
  </p>
  ${machines.map(({ name, definition }) => section(name, name, definition))}
`;
