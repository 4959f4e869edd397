import { html } from 'hono/html';
import type { Session } from '../auth/session.ts';
import { reasonForm } from './form.ts';
import type { Markup } from './layout.ts';

/** What the form begins with. */
export interface StartFields {
  readonly imageId: string;
  readonly region: string;
  /** Makes repeating the same form start nothing new. */
  readonly key: string;
}

/** The form that starts a campaign. */
export const startView = (session: Session, { imageId, region, key }: StartFields): Markup =>
  reasonForm({
    session,
    id: 'start',
    action: '/start',
    legend: 'Move the fleet to an image',
    explain: 'A dry run plans only and touches nothing.',
    fields: html`
      <input type="hidden" name="key" value="${key}" />
      <label for="start-image">Image</label>
      <input
        id="start-image"
        name="imageId"
        value="${imageId}"
        required
        pattern="ami-([0-9a-f]{8}|[0-9a-f]{17})"
        autocomplete="off"
      />
      <label for="start-region">Region of the image; empty: the hub's</label>
      <input id="start-region" name="region" value="${region}" autocomplete="off" />
    `,
    buttons: [
      { text: 'Start', value: 'start' },
      { text: 'Dry run', value: 'dryRun' },
    ],
  });
