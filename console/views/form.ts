import { html } from 'hono/html';
import type { Session } from '../auth/session.ts';
import type { Markup } from './layout.ts';

/** A form that changes something: it carries the session's own word, and asks for a reason. */
export const reasonForm = ({
  session,
  action,
  legend,
  explain,
  fields = '',
  buttons,
  id,
}: {
  readonly session: Session;
  readonly action: string;
  readonly legend: string;
  readonly explain: string;
  readonly fields?: Markup | string;
  readonly buttons: readonly { readonly text: string; readonly value: string; readonly danger?: boolean }[];
  readonly id: string;
}): Markup => html`
  <form method="post" action="${action}" class="act">
    <fieldset>
      <legend>${legend}</legend>
      <p id="${id}-help">${explain}</p>
      <input type="hidden" name="csrf" value="${session.csrf}" />
      ${fields}
      <label for="${id}-reason">Reason, kept in the audit trail</label>
      <textarea
        id="${id}-reason"
        name="reason"
        required
        maxlength="1000"
        rows="2"
        aria-describedby="${id}-help"
      ></textarea>
      <p class="buttons">
        ${buttons.map(
          ({ text, value, danger }) =>
            html`<button type="submit" name="decision" value="${value}" class="${danger ? 'danger' : ''}">
              ${text}
            </button>`,
        )}
      </p>
    </fieldset>
  </form>
`;
