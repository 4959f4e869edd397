import { readdirSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { mergeConfiguration, parseConfiguration, rolloutSchema } from '../../infra/config.ts';
import rollout from '../../rollout.config.ts';
import { root } from '../scripts/scratch-folder.ts';
import { codeOf } from './blocks.ts';

const pages = [
  'README.md',
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const options = new Set(Object.keys(rolloutSchema.shape));

/** What a page shows of a configuration: `gates: { … },`. */
const snippets = pages.flatMap((page) =>
  codeOf(page, 'ts')
    .filter((code) => options.has(/^(\w+):/.exec(code)?.[1] ?? ''))
    .map((code) => [page, code.split('\n', 1)[0] ?? '', code] as const),
);

describe('options that a page shows', () => {
  it('are there', () => expect(snippets.length).toBeGreaterThan(1));

  it.each(snippets)('%s: %s is a valid configuration', (_page, _title, code) => {
    const shown = runInNewContext(stripTypeScriptTypes(`({${code}\n})`)) as object;
    expect(() =>
      parseConfiguration(mergeConfiguration(rollout, JSON.parse(JSON.stringify(shown)) as object)),
    ).not.toThrow();
  });
});
