import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { marked } from 'marked';
import { root } from '../scripts/scratch-folder.ts';
import { readPage } from './blocks.ts';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);

/** Where links and pictures of a page go. */
const linksOf = (page: string): readonly string[] => {
  const links: string[] = [];
  void marked.walkTokens(marked.lexer(readPage(page)), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as unknown as { href: string }).href);
  });
  return links;
};

/** Headings as the addresses that GitHub gives them. */
const anchorsOf = (page: string): readonly string[] => {
  const anchors: string[] = [];
  void marked.walkTokens(marked.lexer(readPage(page)), (token) => {
    if (token.type !== 'heading') return;
    const words = (token as unknown as { text: string }).text.toLowerCase();
    anchors.push(words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
  });
  return anchors;
};

describe.each(pages)('links of %s', (page) => {
  const inside = linksOf(page).filter((link) => !/^[a-z]+:/.test(link));

  it('go to what is there', () => {
    const lost = inside.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
    });
    expect(lost).toEqual([]);
  });
});
