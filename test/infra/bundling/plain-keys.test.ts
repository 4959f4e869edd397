import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { withPlainKeys } from '../../../infra/bundling/plain-keys.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const computedKey = /[{,]\s*\[_\w+\]\s*:/;

describe('withPlainKeys', () => {
  it('writes out keys that are constants of the module', () => {
    const source = 'const _a = "xmlName";\nconst _b = "b";\nexport const x = { [_a]: _b,\n  [_b]: [_a, _b] };';
    expect(withPlainKeys(source)).toBe(
      'const _a = "xmlName";\nconst _b = "b";\nexport const x = { "xmlName": _b,\n  "b": [_a, _b] };',
    );
  });

  it('leaves alone what is no constant, and arrays that look like keys', () => {
    const source = 'const _a = name();\nexport const x = [a ? [_a] : 1, { [_a]: 1, [other]: 2 }];';
    expect(withPlainKeys(source)).toBe(source);
  });

  it.each(['client-cloudformation', 'client-ec2', 'client-s3', 'client-ssm'])(
    'changes nothing in what the schemas of %s are',
    async (client) => {
      const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
      try {
        const [file = ''] = globSync(`node_modules/@aws-sdk/${client}/dist-es/schemas/schemas_0.js`, { cwd: root });
        const source = readFileSync(join(root, file), 'utf8');
        const written = withPlainKeys(source);
        expect(source).toMatch(computedKey);
        expect(written).not.toMatch(computedKey);
        const load = async (name: string, contents: string) => {
          const outfile = join(folder, `${name}.mjs`);
          buildSync({
            stdin: { contents, resolveDir: dirname(join(root, file)), loader: 'js' },
            outfile,
            bundle: true,
            platform: 'node',
            format: 'esm',
            mainFields: ['module', 'main'],
            banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
          });
          return (await import(pathToFileURL(outfile).href)) as Record<string, unknown>;
        };
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
        const [before, after] = [await load('before', source), await load('after', written)];
        expect(Object.keys(after)).toEqual(Object.keys(before));
        expect(described(after)).toBe(described(before));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
});

/** All schemas as text; a schema that another one refers to by a function is told by its own name. */
const described = (exports: Record<string, unknown>): string =>
  JSON.stringify(exports, (_, value: unknown) => {
    if (typeof value === 'symbol') return String(value);
    if (typeof value !== 'function') return value;
    const target: unknown = value.prototype === undefined ? (value as () => unknown)() : value.name;
    return Array.isArray(target) ? `→ ${String(target[2] ?? target[1])}` : `→ ${String(target)}`;
  });
