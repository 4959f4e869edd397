import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** An app in a folder of its own that has the package installed, and what the package consists of. */
export interface PackedApp {
  readonly folder: string;
  readonly files: readonly string[];
  readonly unpackedBytes: number;
  readonly manifest: Manifest;
  /** Runs a command in the app's folder with nothing but its own `node_modules` before it; gives what it writes. */
  readonly run: (command: string, args: readonly string[]) => Promise<string>;
  readonly remove: () => void;
}

/** Npm asks the network for newer versions of itself, and writes about settings that it does not know. */
const npm = ['--offline', '--no-update-notifier', '--loglevel=error'];

/**
 * Packs the project and installs the package into an app without a network: the tarball is unpacked where npm would, and
 * what it declares, no more, is linked beside it.
 */
export const packedApp = async (): Promise<PackedApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-app-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, ...npm], { cwd: root });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[]; unpackedSize: number }];
  await run('tar', ['xzf', packed.filename], { cwd: folder });

  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  renameSync(join(folder, 'package'), join(modules, 'ami-rollout'));
  const manifest = JSON.parse(readFileSync(join(modules, 'ami-rollout', 'package.json'), 'utf8')) as Manifest;
  const tools = ['typescript', '@types/node'];
  for (const name of [...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }), ...tools]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  symlinkSync('../ami-rollout/cli/ami-rollout.mjs', join(modules, '.bin', 'ami-rollout'));
  cpSync(fileURLToPath(new URL('./app/', import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));

  return {
    folder,
    files: packed.files.map(({ path }) => path),
    unpackedBytes: packed.unpackedSize,
    manifest,
    run: async (command, args) => {
      const env = {
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        HOME: folder,
        NO_COLOR: '1',
        CDK_OUTDIR: join(folder, 'cdk.out'),
      };
      return (await run(command, [...args], { cwd: folder, env, maxBuffer: 2 ** 26 })).stdout;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
