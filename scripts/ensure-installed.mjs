// Runs before `npm start` and `npm test`: installs what package-lock.json names and node_modules lacks, else does nothing.
// Plain JavaScript without dependencies: the first run has nothing but the shell's own Node, back to version 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disagreements, notInstalled } from './installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const stop = (message) => {
  console.error(message);
  process.exit(1);
};

/** `--no-save` installs what the lock says and leaves the lock alone, whatever the npm version and its settings. */
const install = () => {
  const args = ['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional'];
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const { status, error } = spawnSync(command, [...first, ...args, ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm === undefined && process.platform === 'win32',
  });
  if (error !== undefined) stop(`npm could not be started: ${error.message}`);
  if (status !== 0) stop('Installing the dependencies failed; npm says why above.');
};

const lock = readJson('package-lock.json');
const unequal = disagreements(readJson('package.json'), lock);
if (unequal.length > 0) {
  stop(
    `package.json and package-lock.json disagree about ${unequal.join(', ')}. Run \`npm run lock\` and commit both.`,
  );
}

const record = 'node_modules/.package-lock.json';
const missing = notInstalled(lock, existsSync(join(root, record)) ? readJson(record) : { packages: {} });
if (missing.length > 0) {
  console.log(`Installing ${missing.length === 1 ? '1 package' : `${missing.length} packages`} …`);
  install();
}

const brought = existsSync(join(root, 'node_modules/.bin/node'));
if (!brought && Number.parseInt(process.versions.node, 10) < 24) {
  stop(
    `ami-rollout needs Node 24; this is ${process.version} and the project brings its own only on Linux (x64, arm64).\n` +
      'Install Node 24: https://nodejs.org/en/download',
  );
}
