import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run local`, as a person runs it. */
export interface LocalProcess {
  readonly url: string;
  readonly image: string;
  readonly stop: () => Promise<void>;
}

const listening = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });

/** A free port whose next one is free too. */
const twoPorts = async (): Promise<number> => {
  for (;;) {
    const port = await listening(0);
    if (port < 65_535 && (await listening(port + 1).catch(() => 0)) !== 0) return port;
  }
};

/** Starts the server in a process of its own and waits until it says that it stands. */
export const startLocalProcess = async (args: readonly string[]): Promise<LocalProcess> => {
  const main = fileURLToPath(new URL('../../../console/local/main.ts', import.meta.url));
  const port = String(await twoPorts());
  const data = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  const own = ['--port', port, '--data', data];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...own, ...args]);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      if (said.includes('Ctrl+C')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the local server ended with ${code ?? 'a signal'}: ${said}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() =>
    rmSync(data, { recursive: true, force: true }),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    image: /ami-[0-9a-f]{17}/.exec(said)?.[0] ?? '',
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
};
