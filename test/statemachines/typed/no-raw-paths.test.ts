import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folder = join(import.meta.dirname, '../../../statemachines');

/** The lines of a source that spell a JSONPath, or reach for the CDK's own untyped ones. */
const rawPaths = (source: string): string[] =>
  source.split('\n').filter((line) => /\$\.|\$\$|\$\[|['"`]\$['"`]|\bJsonPath\b/.test(line));

describe('machines outside of the typed layer', () => {
  it.each([
    "const image = ref('$.image');",
    'resultPath: `$.${field}`',
    "inputPath: '$'",
    "const name = '$$.Execution.Name';",
    "const first = ref('$[0]');",
    'JsonPath.stringAt(path)',
  ])('would be caught writing %s', (line) => {
    expect(rawPaths(line)).toEqual([line]);
  });

  it('may use templates and dollars otherwise', () => {
    expect(rawPaths('const id = `Close Ring (${ring})`; // costs $3')).toEqual([]);
  });

  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('typed'),
  );
  it.each(files.length === 0 ? ['typed/index.ts'] : files)('%s spells no path', (file) => {
    expect(rawPaths(readFileSync(join(folder, file), 'utf8'))).toEqual([]);
  });
});
