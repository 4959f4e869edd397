import { html } from 'hono/html';
import { page, type Markup } from './layout.ts';
import type { Session } from '../auth/session.ts';

/** A page that says one thing. */
export const notice = ({
  title,
  text,
  link,
  session = null,
}: {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly href: string; readonly text: string };
  readonly session?: Session | null;
}): Markup =>
  page({
    title,
    session,
    families: [],
    body: html`<p>${text}</p>
      ${link ? html`<p><a class="button" href="${link.href}">${link.text}</a></p>` : ''}`,
  });
