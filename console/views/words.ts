import { html } from 'hono/html';
import type { Markup } from './layout.ts';

/** `2026-11-22 14:03:07 UTC`, readable by machines too. */
export const moment = (iso: string | null): Markup | string =>
  iso === null || iso === '' ? '–' : html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;

const tones: Readonly<Record<string, string>> = {
  PROMOTED: 'good',
  UNCHANGED: 'good',
  PLANNED: 'good',
  done: 'good',
  approved: 'good',
  promoted: 'good',
  REJECTED: 'bad',
  RESTORED: 'bad',
  RESTORE_INCOMPLETE: 'bad',
  failed: 'bad',
  quarantined: 'bad',
  rejected: 'bad',
  expired: 'bad',
  restored: 'warn',
  restoring: 'warn',
  halted: 'warn',
  'awaiting approval': 'warn',
  holding: 'warn',
  open: 'warn',
};

/** A status, as a word; its colour says nothing that the word does not. */
export const badge = (word: string): Markup => html`<span class="badge ${tones[word] ?? 'plain'}">${word}</span>`;

/** The counts that are not 0: `3 done, 1 failed`. */
export const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ') || 'none yet';

/** How much of it is over, whatever its end. */
export const settledOf = (counts: Readonly<Record<string, number>>): number =>
  ['done', 'failed', 'skipped', 'restored', 'quarantined'].reduce((sum, status) => sum + (counts[status] ?? 0), 0);

/** The address of a campaign's page. */
export const campaignPath = (campaignId: string): string => `/campaigns/${encodeURIComponent(campaignId)}`;
