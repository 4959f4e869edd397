import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { documented, folder, keptLooks, lookOf } from '../../scripts/pictures/documented.ts';
import { scenes } from '../../scripts/pictures/scenes.ts';

const root = new URL('../../', import.meta.url);

describe('the pictures of the pages', () => {
  it('show the pages as they are; if not, `npm run pictures` takes them anew', async () => {
    expect(keptLooks()).toEqual(lookOf(await scenes('documented')));
  }, 120_000);

  it('are all there, and each is shown by a page of the documentation', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
    expect(files.sort()).toEqual(documented.map(({ file }) => file).sort());
    const pages = ['README.md', ...readdirSync(new URL('docs/', root)).map((file) => `docs/${file}`)]
      .filter((file) => file.endsWith('.md'))
      .map((file) => readFileSync(new URL(file, root), 'utf8'))
      .join('\n');
    expect(files.filter((file) => !pages.includes(`pictures/${file})`))).toEqual([]);
  });
});
