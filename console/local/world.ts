import { Worker } from 'node:worker_threads';
import type {
  WorldClose,
  WorldClosed,
  WorldReady,
  WorldRequest,
  WorldResponse,
  WorldSettings,
} from './world-messages.ts';

/** A world that runs beside this thread, and answers the console's requests. */
export interface LocalWorld {
  readonly ready: WorldReady;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** Starts a world of its own in a thread, where time may run faster than here. */
export const startWorld = (settings: WorldSettings): Promise<LocalWorld> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./world-thread.ts', import.meta.url), { workerData: settings });
    const waiting = new Map<number, (response: WorldResponse) => void>();
    let last = 0;
    let kept = (): void => undefined;
    const ended = new Promise<void>((settle) => {
      kept = settle;
      worker.once('exit', () => settle());
    });
    const fetch = async (request: Request): Promise<Response> => {
      const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
      const id = (last += 1);
      const message: WorldRequest = {
        kind: 'request',
        id,
        method: request.method,
        url: request.url,
        headers: [...request.headers],
        body,
      };
      const answered = new Promise<WorldResponse>((settle) => waiting.set(id, settle));
      worker.postMessage(message, body === null ? [] : [body]);
      const { status, headers, body: stream } = await answered;
      return new Response(stream, {
        status,
        headers: headers.map(([name, value]) => [name, value] as [string, string]),
      });
    };
    worker.on('message', (message: WorldReady | WorldResponse | WorldClosed) => {
      if (message.kind === 'ready')
        resolve({
          ready: message,
          fetch,
          close: async () => {
            const close: WorldClose = { kind: 'close' };
            worker.postMessage(close);
            await ended;
            await worker.terminate();
          },
        });
      else if (message.kind === 'closed') kept();
      else {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
      }
    });
    worker.on('error', reject);
  });
