import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { style } from '../../console/assets/style.ts';
import type { Scene } from './scenes.ts';
import type { Shot } from './shoot.ts';

/** Where the documentation's pictures are. */
export const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

/** The pictures of the documentation; tall pages are cut off. */
export const documented: readonly (Shot & { readonly height: number })[] = [
  { scene: 'waiting', file: 'campaign.png', width: 1200, height: 1500, dark: false },
  { scene: 'restored', file: 'campaign-restored.png', width: 1200, height: 1300, dark: false },
  { scene: 'approval', file: 'approval.png', width: 1200, height: 1100, dark: false },
  { scene: 'in-work', file: 'campaign-dark-narrow.png', width: 360, height: 1400, dark: true },
];

/** What of a page is drawn whatever its campaign is: its tags, classes, headings and labels, without data. */
const outline = (html: string): string =>
  [
    ...new Set(
      [...html.matchAll(/<(h1|h2|h3|dt|th|label|legend|button)\b[^>]*>([^<]*)|<([a-z]\w*)([^>]*)>/g)].map(
        ([, labelled, text, tag, attributes]) =>
          labelled === undefined
            ? `${tag ?? ''} ${/class="([^"]*)"/.exec(attributes ?? '')?.[1]?.trim() ?? ''}`
            : `${labelled}: ${(text ?? '').replaceAll(/[\w-]*\d[\w-]*/g, '#').trim()}`,
      ),
    ),
  ]
    .sort()
    .join('\n');

/** A value that changes with the look of the documented pages: with their style and with what is on them. */
export const lookOf = (scenes: readonly Scene[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    documented.map(({ scene, file }) => {
      const html = scenes.find(({ name }) => name === scene)?.html ?? '';
      return [file, createHash('sha256').update(style).update(outline(html)).digest('hex').slice(0, 16)];
    }),
  );

/** The looks that the kept pictures show. */
export const keptLooks = (): unknown => JSON.parse(readFileSync(`${folder}looks.json`, 'utf8'));
