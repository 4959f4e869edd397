import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A running stand-in for AWS. */
export interface MotoServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Whether `moto_server` (https://docs.getmoto.org) is on the PATH. */
export const hasMotoServer = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'moto_server')));

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Starts a server of its own on a free port; throws if it does not answer within half a minute. */
export const startMotoServer = async (): Promise<MotoServer> => {
  const port = await freePort();
  const child = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    child.kill();
    await exited(child);
  };
  const endpoint = `http://localhost:${port}`;
  for (let tries = 0; tries < 120; tries += 1) {
    if (await answers(`${endpoint}/moto-api/data.json`)) return { endpoint, stop };
    await setTimeout(250);
  }
  await stop();
  throw new Error(`moto_server did not answer at ${endpoint} within 30 seconds`);
};
