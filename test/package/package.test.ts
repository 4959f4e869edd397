import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { packedApp, type PackedApp } from './packed-app.ts';

// Compiles and packs once, then works in the app: about 40 seconds together, 20 of them the compiler's.
const limit = 5 * 60_000;
let app: PackedApp;
beforeAll(async () => {
  app = await packedApp();
}, limit);
afterAll(() => app.remove());

const shipped = (path: string): string => readFileSync(join(app.folder, 'node_modules/ami-rollout', path), 'utf8');

describe('the package', () => {
  it('contains what runs, its types and what it reads, and nothing else', () => {
    const [types, others] = [true, false].map((wanted) =>
      app.files.filter((path) => path.endsWith('.d.ts') === wanted),
    );
    const kinds = others?.map((path) =>
      path.replace(/^(docs|examples|integrations)\/.*$/, '$1/*').replace(/^(dist\/[^/]+\/).*?(\.\w+)$/, '$1*$2'),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'cli/ami-rollout.mjs',
      'dist/adapters/*.js',
      'dist/cdk.json',
      'dist/cli/*.js',
      'dist/console/*.js',
      'dist/contracts/*.js',
      'dist/domain/*.js',
      'dist/examples/*.yaml',
      'dist/handlers/*.js',
      'dist/infra/*.js',
      'dist/integrations/*.js',
      'dist/package.json',
      'dist/rehearsal/*.js',
      'dist/rehearsal/*.yaml',
      'dist/rollout.config.js',
      'dist/statemachines/*.js',
      'docs/*',
      'examples/*',
      'integrations/*',
      'package.json',
      'rollout.config.ts',
    ]);
    expect(types?.filter((path) => !others?.includes(path.replace('.d.ts', '.js')))).toEqual([]);
    expect(types).toContain('dist/infra/library.d.ts');
    const strange = app.files.filter((path) =>
      /^dist\/(test|bench|scripts)|\.test\.|simulate\/|mutants|local\/|\.map$|infra\/app/.test(path),
    );
    expect(strange).toEqual([]);
    expect(app.unpackedBytes).toBeLessThan(4_000_000);
  });

  it('has what its README and the pages for users link to', () => {
    const pages = app.files.filter((path) => path === 'README.md' || /^docs\/[^/]+\.md$/.test(path));
    const missing = pages.flatMap((page) =>
      [...shipped(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].flatMap(([, link = '']) => {
        const path = join(dirname(page), link).replace(/\/$/, '');
        const isThere = app.files.some((file) => file === path || file.startsWith(`${path}/`));
        return isThere ? [] : [`${page}: ${link}`];
      }),
    );
    expect(pages.length).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  it('has every handler, scenario and example', () => {
    const here = new URL('../../', import.meta.url);
    const names = (folder: string, extension: string): string[] =>
      readdirSync(new URL(folder, here)).flatMap((file) => (file.endsWith(extension) ? [file] : []));
    expect(app.files).toEqual(
      expect.arrayContaining([
        ...names('handlers/', '.ts').map((file) => `dist/handlers/${file.replace('.ts', '.js')}`),
        ...names('rehearsal/scenario/shipped/', '.yaml').map((file) => `dist/rehearsal/scenario/shipped/${file}`),
        ...names('examples/stacks/', '.yaml').map((file) => `dist/examples/stacks/${file}`),
      ]),
    );
  });

  it('declares what it imports, and imports what it declares', () => {
    const imported = new Set<string>();
    for (const path of app.files.filter((file) => /\.(d\.ts|m?js)$/.test(file)))
      for (const [, name = ''] of shipped(path).matchAll(
        /(?:from|import)\s*\(?\s*['"]((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"]*)?['"]/g,
      ))
        if (!name.startsWith('.') && !builtinModules.includes(name)) imported.add(name);
    imported.delete('ami-rollout');
    const declared = Object.keys({ ...app.manifest.dependencies, ...app.manifest.peerDependencies });
    expect([...imported].filter((name) => !declared.includes(name) && !name.startsWith('node:'))).toEqual([]);
    expect(declared.filter((name) => !imported.has(name))).toEqual([]);
  });
});

describe("somebody else's CDK app", () => {
  it('synthesizes AmiRollout with its handlers bundled, and the spokes', async () => {
    await app.run(process.execPath, ['app.ts']);
    const { Resources, Outputs } = JSON.parse(
      readFileSync(join(app.folder, 'cdk.out/platform.template.json'), 'utf8'),
    ) as { Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }>; Outputs: object };
    const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(30);
    for (const { Properties } of functions) {
      const code = join(app.folder, 'cdk.out', `asset.${Properties.Code.S3Key.replace('.zip', '')}`);
      // The console draws the machines.
      expect(readdirSync(code).filter((file) => file !== 'machines.json')).toEqual(['index.mjs', 'rollout.json']);
    }
    expect(Object.keys(Outputs)).toContain('ConsoleUrl');
    expect(existsSync(join(app.folder, 'cdk.out/ami-rollout-spoke-444455556666-eu-west-1.template.json'))).toBe(true);
  }, 60_000);

  it('type-checks against the declarations', async () => {
    await expect(app.run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'])).resolves.toBe('');
  }, 60_000);

  it('rehearses and draws with the installed command line and its own configuration', async () => {
    const npx = (...args: string[]) => app.run('npx', ['--no-install', '--offline', 'ami-rollout', ...args]);
    const report = JSON.parse(await npx('rehearse', '--stacks', '5', '--json')) as RehearsalReport;
    expect(report).toMatchObject({ outcome: 'PROMOTED', scenario: 'default' });
    expect(report.stacks).toHaveLength(5);
    expect(await npx('graph')).toMatch(/^---\ntitle: ami-rollout-campaign\n---\nflowchart TD\n/);
  }, 60_000);
});
