import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, ScratchFolder } from './scratch-folder.ts';

/** What the script makes of a lock. */
const complete = (lock: string): string => {
  using folder = new ScratchFolder({
    'package-lock.json': lock,
    'scripts/complete-lock.mjs': readFileSync(join(root, 'scripts/complete-lock.mjs'), 'utf8'),
    'scripts/completed-lock.mjs': readFileSync(join(root, 'scripts/completed-lock.mjs'), 'utf8'),
  });
  execFileSync(process.execPath, ['scripts/complete-lock.mjs'], { cwd: folder.path });
  return readFileSync(join(folder.path, 'package-lock.json'), 'utf8');
};

const packagesOf = (lock: string) => (JSON.parse(lock) as { packages: Record<string, unknown> }).packages;

describe('complete-lock', () => {
  it('adds the builds that the lock leaves out, with the platforms that their names stand for', () => {
    const optionalDependencies = {
      '@x/core-linux-arm-gnueabihf': '1.2.3',
      '@x/core-linux-x64-musl': '1.2.3',
      '@x/core-win32-arm64-msvc': '1.2.3',
    };
    const core = { version: '1.2.3', dev: true, optionalDependencies };
    const there = { version: '1.2.3', integrity: 'sha512-…' };
    const lock = { packages: { '': {}, 'node_modules/@x/core': core, 'node_modules/@x/core-linux-x64-musl': there } };
    const added = { version: '1.2.3', dev: true, optional: true };
    expect(packagesOf(complete(JSON.stringify(lock)))).toEqual({
      '': {},
      'node_modules/@x/core': core,
      'node_modules/@x/core-linux-arm-gnueabihf': { ...added, cpu: ['arm'], libc: ['glibc'], os: ['linux'] },
      'node_modules/@x/core-linux-x64-musl': there,
      'node_modules/@x/core-win32-arm64-msvc': { ...added, cpu: ['arm64'], os: ['win32'] },
    });
  });

  it('finds a package beside the one that wants it', () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/b': { version: '1.0.0', optionalDependencies: { 'b-darwin-x64': '1.0.0' } },
      'node_modules/a/node_modules/b-darwin-x64': { version: '1.0.0', optional: true },
    };
    expect(packagesOf(complete(JSON.stringify({ packages })))).toEqual(packages);
  });

  it('has nothing to add to the lock of this project, which names no registry', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(complete(lock) === lock).toBe(true);
    expect(lock).not.toContain('"resolved"');
  });
});
