import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, ScratchFolder } from './scratch-folder.ts';

interface Package {
  readonly version: string;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
}
type Packages = Readonly<Record<string, Package>>;

/** A project by what it wants, what its lock names and what npm has recorded as installed. */
interface Project {
  readonly wants?: Readonly<Record<string, string>>;
  readonly locked: Packages;
  readonly installed?: Packages;
  /** Exit code of the npm that is called. */
  readonly npm?: number;
}

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** The arguments that npm was called with, if it was. */
  readonly npm: readonly string[] | undefined;
}

const inNodeModules = (packages: Packages): Packages =>
  Object.fromEntries(Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry]));

const script = (name: string): string => readFileSync(join(root, 'scripts', name), 'utf8');

/** Runs the script in a project of its own, with an npm that only writes down how it was called. */
const ensureInstalled = ({ wants = { a: '1.0.0' }, locked, installed, npm = 0 }: Project): Run => {
  const packages = { '': { dependencies: { a: '1.0.0' } }, ...inNodeModules(locked) };
  using folder = new ScratchFolder({
    'package.json': JSON.stringify({ dependencies: wants }),
    'package-lock.json': JSON.stringify({ packages }),
    'scripts/ensure-installed.mjs': script('ensure-installed.mjs'),
    'scripts/installed.mjs': script('installed.mjs'),
    'npm.cjs': `require('node:fs').writeFileSync('called.json', JSON.stringify(process.argv.slice(2))); process.exit(${npm});`,
  });
  if (installed !== undefined) {
    folder.write('node_modules/.package-lock.json', JSON.stringify({ packages: inNodeModules(installed) }));
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ensure-installed.mjs'], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(folder.path, 'npm.cjs') },
  });
  const called = join(folder.path, 'called.json');
  return {
    status,
    output: stdout + stderr,
    npm: existsSync(called) ? (JSON.parse(readFileSync(called, 'utf8')) as string[]) : undefined,
  };
};

const a = { version: '1.0.0' };

describe('ensure-installed', () => {
  it('does nothing and says nothing when everything is there', () => {
    expect(ensureInstalled({ locked: { a }, installed: { a } })).toEqual({ status: 0, output: '', npm: undefined });
  });

  it('installs in a fresh clone, from the lock and without touching it', () => {
    const { status, output, npm } = ensureInstalled({ locked: { a } });
    expect(status).toBe(0);
    expect(output).toBe('Installing 1 package …\n');
    expect(npm).toEqual(expect.arrayContaining(['install', '--no-save', '--include=dev', '--include=optional']));
  });

  it('installs when the lock has moved on', () => {
    const { npm } = ensureInstalled({ locked: { a }, installed: { a: { version: '0.9.0' } } });
    expect(npm).toContain('install');
  });

  it.each<[string, Package, boolean]>([
    ['this system and processor', { version: '1.0.0', os: [process.platform], cpu: [process.arch] }, true],
    ['this system by a plain name', { version: '1.0.0', os: process.platform }, true],
    ['all systems but another', { version: '1.0.0', os: ['!other'] }, true],
    ['all systems but this', { version: '1.0.0', os: [`!${process.platform}`] }, false],
    ['another processor', { version: '1.0.0', os: [process.platform], cpu: ['other'] }, false],
    ['no system in particular', { version: '1.0.0' }, false],
  ])('asks for an optional build for %s: %j → %j', (_, build, installs) => {
    const { npm } = ensureInstalled({ locked: { a, build: { ...build, optional: true } }, installed: { a } });
    expect(npm !== undefined).toBe(installs);
  });

  it('stops when package.json asks for what the lock does not name', () => {
    const { status, output, npm } = ensureInstalled({ wants: { a: '1.0.0', b: '2.0.0' }, locked: { a } });
    expect({ status, npm }).toEqual({ status: 1, npm: undefined });
    expect(output).toContain('disagree about b');
  });

  it('fails when npm fails', () => {
    const { status, output } = ensureInstalled({ locked: { a }, npm: 7 });
    expect(status).toBe(1);
    expect(output).toContain('Installing the dependencies failed');
  });
});
