import { readFileSync } from 'node:fs';
import { keptResult } from '../../bench/kept.ts';
import { costsTable, figuresTable } from './scale-figures.ts';

const page = new URL('../../docs/scale.md', import.meta.url);

/** Puts the text between the marks of that name. */
const between = (text: string, name: string, content: string): string => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/scale.md has no "${begin}" … "${end}"`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
};

/** docs/scale.md with the tables of the bench's kept result; everything else in it is written by hand. */
export const scalePage = (): string => {
  const result = keptResult();
  return between(
    between(readFileSync(page, 'utf8'), 'figures of the bench', figuresTable(result)),
    'costs of the bench',
    costsTable(result),
  );
};
