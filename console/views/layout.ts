import { html } from 'hono/html';
import type { Session } from '../auth/session.ts';
import { assetPath } from '../assets/assets.ts';

/** Markup whose values are escaped already; what the `html` template gives. */
export type Markup = ReturnType<typeof html>;

/** What every page has around its own part. */
export interface Frame {
  readonly title: string;
  readonly body: Markup;
  /** Null: nobody is signed in; there is nothing to go to. */
  readonly session: Session | null;
  readonly families: readonly string[];
  /** The page asks again every so many seconds, and shows what is new in its parts marked `data-live`. */
  readonly refreshSeconds?: number;
  /** Where this page is found again, when it answers a form that was sent to another address. */
  readonly path?: string;
  /** What was just done, or why it was not. */
  readonly said?: { readonly text: string; readonly good: boolean } | null;
}

const navigation = (families: readonly string[], session: Session): Markup => html`
  <nav aria-label="Pages">
    <a href="/">Campaigns</a>
    <a href="/start">Start</a>
    <a href="/drift">Drift</a>
    ${families.map((family) => html`<a href="/families/${encodeURIComponent(family)}">${family}</a>`)}
  </nav>
  <form method="post" action="/auth/logout" class="who">
    <input type="hidden" name="csrf" value="${session.csrf}" />
    <span>Signed in as <b>${session.name}</b></span>
    <button type="submit">Sign out</button>
  </form>
`;

/** A whole page. Every value from outside goes through the `html` template, which escapes it. */
export const page = ({ title, body, session, families, refreshSeconds, path, said }: Frame): Markup =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ami-rollout</title>
        <link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${assetPath('style.css')}" />
        ${refreshSeconds === undefined ? '' : html`<script src="${assetPath('live.js')}" defer></script>`}
      </head>
      <body
        ${refreshSeconds === undefined ? '' : html`data-refresh="${refreshSeconds}" ${path === undefined ? '' : html`data-path="${path}"`}`}
      >
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <p class="product"><a href="/">ami-rollout</a></p>
          ${session === null ? '' : navigation(families, session)}
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${said ? html`<p class="said ${said.good ? 'good' : 'bad'}" role="status">${said.text}</p>` : ''} ${body}
        </main>
        ${refreshSeconds === undefined ? '' : html`<footer><p id="live-state" role="status">Live</p></footer>`}
      </body>
    </html>`;
