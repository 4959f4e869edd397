import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';

/**
 * Gives the run a temporary folder of its own, which workers and the programs that tests start inherit: a CDK app without
 * an output folder, or a worker that is killed, leaves nothing behind in the system's.
 */
export const setup = () => {
  folder = mkdtempSync(join(tmpdir(), 'ami-rollout-jest-'));
  process.env.TMPDIR = folder;
};

/** Takes it away with everything in it. */
export const teardown = () => {
  rmSync(folder, { recursive: true, force: true });
};
