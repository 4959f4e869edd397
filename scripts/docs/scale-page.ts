import { readFileSync } from 'node:fs';
import { keptResult } from '../../bench/kept.ts';
import { between } from './between.ts';
import { figuresTable } from './scale-figures.ts';

const page = new URL('../../docs/scale.md', import.meta.url);

/** docs/scale.md with the table of the bench's kept result; everything else in it is written by hand. */
export const scalePage = (): string =>
  between(readFileSync(page, 'utf8'), 'figures of the bench', figuresTable(keptResult()));
