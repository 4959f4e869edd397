import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';
let before;

/**
 * Gives the run a temporary folder of its own, which workers and the programs that tests start inherit: a CDK app without
 * an output folder, or a worker that is killed, leaves nothing behind in the system's.
 */
export const setup = () => {
  before = process.env.TMPDIR;
  folder = mkdtempSync(join(tmpdir(), 'ami-rollout-jest-'));
  process.env.TMPDIR = folder;
};

/** Takes it away with everything in it. Whoever runs Jest several times in one process, as Stryker does, needs the old one back. */
export const teardown = () => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) Reflect.deleteProperty(process.env, 'TMPDIR');
  else process.env.TMPDIR = before;
};
