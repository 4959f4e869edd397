import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { marksOf, refusals } from './marked-mistakes.ts';

const project = join(import.meta.dirname, '../..');
const path = join(import.meta.dirname, 'typed-layer-mistakes.ts');
const source = readFileSync(path, 'utf8');
const lines = source.split('\n');
const marks = marksOf(source);

/** A source with a mark above a line that is right: what the checks below must notice. */
const acceptedPath = join(import.meta.dirname, 'accepted.ts');
const accepted = [
  'const count: number = 1;',
  '// @ts-expect-error TS2322: not assignable',
  'export const same: number = count;',
];

describe('the typed layer', () => {
  let refused: ReturnType<typeof refusals>;
  beforeAll(() => {
    refused = refusals(project, { [path]: source, [acceptedPath]: accepted.join('\n') });
  }, 60_000);

  it.each(marks.map((mark) => [lines[mark.line - 1]?.trim(), mark] as const))(
    'refuses %s',
    (_, { line, code, words }) => {
      expect(refused.get(`${path}:${line}`)).toEqual([{ code, message: expect.stringContaining(words) }]);
    },
  );

  it('accepts everything else', () => {
    const marked = new Set(marks.map(({ line }) => `${path}:${line}`));
    expect([...refused].filter(([at]) => !marked.has(at))).toEqual([]);
  });

  it('would be noticed accepting a mistake', () => {
    const [mark] = marksOf(accepted.join('\n'));
    expect(mark).toEqual({ line: 3, code: 2322, words: 'not assignable' });
    expect(refused.get(`${acceptedPath}:3`)).toBeUndefined();
  });

  it('marks every suppressed line with a reason to check', () => {
    expect(source.match(/^\s*\/\/ @ts-expect-error/gm)).toHaveLength(marks.length);
  });
});
