import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { configurationSections } from '../../scripts/docs/configuration-options.ts';
import { root } from '../scripts/scratch-folder.ts';
import { readPage } from './blocks.ts';

const wordsOf = (text: string): readonly string[] => text.split(/\.|\[\]|<[^>]*>|NAME/).filter((word) => word !== '');

const paths = configurationSections().flatMap(({ options }) => options.map(({ path }) => path.join('.')));
const groups = new Set(paths.map((path) => wordsOf(path)[0]));
const words = new Set(paths.flatMap(wordsOf));

const pages = ['README.md', ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter((page) =>
  page.endsWith('.md'),
);

/** Options that a page's text names, such as `gates.waivers`. */
const named = (page: string): readonly string[] =>
  [...readPage(page).matchAll(/`([a-z]\w*(?:\.[a-zA-Z<]\w*>?)+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => groups.has(wordsOf(name)[0]));

describe('options that a page names', () => {
  it('are found at all', () => expect(pages.flatMap(named).length).toBeGreaterThan(30));

  it.each(pages)('%s: are there', (page) => {
    expect(named(page).filter((name) => !wordsOf(name).every((word) => words.has(word)))).toEqual([]);
  });
});
