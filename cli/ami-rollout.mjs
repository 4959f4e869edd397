#!/usr/bin/env node
// Plain JavaScript on purpose: this file must be readable for the Node that happens to be installed, back to version 20.
// The rest is TypeScript, which Node runs by itself from version 24 on; the project brings such a Node along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire, enableCompileCache } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = 24;
const marker = '--disable-warning=ExperimentalWarning';
/** Twice the room for young objects: rehearsals of thousands of stacks collect half as often, small ones never use it. */
const room = '--max-semi-space-size=32';
const running = Number(process.versions.node.split('.')[0]);

/** The project's own Node: the binary of its platform's package, else the link that npm made to it; here or further up. */
const ownNode = () =>
  (createRequire(import.meta.url).resolve.paths('node') ?? [])
    .flatMap((modules) => [
      join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node'),
      join(modules, '.bin', 'node'),
    ])
    .find((path) => existsSync(path));

/** TypeScript in the repository, compiled in the package: Node strips no types below node_modules. */
const program = ['./main.ts', '../dist/cli/main.js'].find((path) => existsSync(new URL(path, import.meta.url)));

const giveUp = (why) => {
  console.error(
    `ami-rollout needs Node ${wanted} or newer; this is ${process.version}${why}.\n` +
      `Run \`npm install\` in ${fileURLToPath(new URL('..', import.meta.url))}, which brings a Node ${wanted} along on Linux,\n` +
      `or install Node ${wanted}: https://nodejs.org/en/download`,
  );
  process.exitCode = 1;
};

/** Runs this file again with another Node, as if that one had been called: same streams, signals and exit code. */
const runWith = (node) => {
  const child = spawn(node, [marker, room, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', ({ message }) => giveUp(`, and the project's own Node does not start (${message})`));
  child.on('exit', (code, signal) => {
    if (code !== null) process.exitCode = code;
    else process.exitCode = 128 + (constants.signals[signal] ?? 0);
  });
};

if (running >= wanted) {
  // Types are stripped and modules compiled once: later starts take half the time and 40 MB less. Where the folder cannot be
  // written, each start does it again.
  enableCompileCache(fileURLToPath(new URL('../.cache/compile', import.meta.url)));
  const { main } = await import(program);
  await main(process.argv.slice(2));
} else if (process.execArgv.includes(marker)) {
  giveUp(", and so is the project's own");
} else {
  const node = ownNode();
  if (node === undefined) giveUp(', and the project has not brought its own');
  else runWith(node);
}
