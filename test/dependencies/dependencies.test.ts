import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';

const root = new URL('../../', import.meta.url).pathname;

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
}
type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const locked = Object.entries(
  (JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== '');
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Manifest;
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path;
// Named for other platforms only, without what the registry says of them.
const isInert = ({ resolved, optional }: Locked): boolean => resolved === undefined && optional === true;

const licences = z
  .strictObject({
    anywhere: z.array(z.string()),
    toolsOnly: z.record(z.string(), z.strictObject({ licence: z.string(), because: z.string().min(10) })),
  })
  .parse(parse(readFileSync(new URL('licences.yaml', import.meta.url), 'utf8')));

describe('dependencies', () => {
  it.each(['dependencies', 'devDependencies', 'optionalDependencies'])(
    'are pinned to one version each: %s',
    (group) => {
      const loose = Object.entries(manifest[group] ?? {}).filter(
        ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
      );
      expect(loose).toEqual([]);
    },
  );

  it('are held to their content by the lock', () => {
    // What comes within another package is sealed with it.
    const own = locked.filter(([, one]) => !isInert(one) && one.inBundle !== true);
    const unsealed = own.filter(([, one]) => !(one.integrity ?? '').startsWith('sha512-'));
    expect(unsealed.map(([path]) => path)).toEqual([]);
  });

  it('have licences that are on the list', () => {
    const allowed = new Set(licences.anywhere);
    const other = locked
      .filter(([, one]) => !isInert(one) && !allowed.has(one.license ?? ''))
      .map(([path, { license = 'none', dev = false }]) => ({ name: nameOf(path), licence: license, dev }));
    expect(other.filter(({ dev }) => !dev)).toEqual([]);
    const explained = Object.entries(licences.toolsOnly).map(([name, { licence }]) => `${name}: ${licence}`);
    expect([...new Set(other.map(({ name, licence }) => `${name}: ${licence}`))].sort()).toEqual(explained.sort());
  });

  it('are listed by npm run sbom, as CycloneDX', () => {
    const { sbom = '' } = manifest['scripts'] ?? {};
    const [command = '', ...args] = sbom.split(' ');
    const { stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: { name: string }[] };
    expect(bomFormat).toBe('CycloneDX');
    expect(components.map(({ name }) => name)).toContain('zod');
    expect(components.length).toBeGreaterThan(100);
  });
});
