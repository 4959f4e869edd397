import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import everyOption from '../../examples/configuration/every-option.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { configurationSections } from '../../scripts/docs/configuration-options.ts';
import { exampleOf } from '../../scripts/docs/configure-page.ts';
import { generatedPages, pageText } from '../../scripts/docs/pages.ts';

describe('pages made from the code', () => {
  it.each(generatedPages)('$path is up to date; if not, `npm run docs` writes it', async (page) => {
    expect(readFileSync(new URL(`../../${page.path}`, import.meta.url), 'utf8')).toBe(await pageText(page));
  });
});

describe('examples/configuration/every-option.ts', () => {
  it('is a configuration', () => {
    expect(() => parseConfiguration(everyOption)).not.toThrow();
  });

  const options = configurationSections().flatMap((section) => section.options);

  it.each(options.map((option) => [option.path.join('.'), option] as const))('has %s', (_, option) => {
    expect(exampleOf(option)).not.toBeUndefined();
  });

  it.each(options.map((option) => [option.path.join('.'), option] as const))('%s says what it means', (_, option) => {
    expect(option.meaning).not.toBe('');
  });
});
