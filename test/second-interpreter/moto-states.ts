import { spawn } from 'node:child_process';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Runs one function and gives its answer; rejects with an error that has the name Step Functions is to see. */
export type InvokeFunction = (name: string, payload: unknown) => Promise<unknown>;

/** moto's Step Functions, with our handlers behind its Lambda. */
export interface MotoStates {
  /** Where to send requests of any AWS client. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const folders = (process.env.PATH ?? '').split(delimiter);
const pythonOf = (folder: string): string => join(folder, 'python3');
/** Whether `moto_server` and a Python are on the PATH. */
export const hasMoto =
  folders.some((folder) => existsSync(join(folder, 'moto_server'))) &&
  folders.some((folder) => existsSync(pythonOf(folder)));

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const answerInvocation = async (name: string, body: Buffer, response: ServerResponse, invoke: InvokeFunction) => {
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-amzn-requestid', 'second-interpreter');
  try {
    const answer = await invoke(name, JSON.parse(body.toString('utf8')));
    response.end(JSON.stringify(answer ?? null));
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    response.setHeader('x-amz-function-error', 'Unhandled');
    response.end(JSON.stringify({ errorType, errorMessage }));
  }
};

const forward = (message: IncomingMessage, body: Buffer, response: ServerResponse, port: number): void => {
  const onward = httpRequest(
    { host: 'localhost', port, method: message.method, path: message.url, headers: message.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  onward.end(body);
};

const freePort = async (): Promise<number> => {
  const server = createTcpServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Starts both; throws if moto does not answer within half a minute. */
export const startMotoStates = async (invoke: InvokeFunction): Promise<MotoStates> => {
  const motoPort = await freePort();
  const gateway = createServer((message, response) => {
    void bodyOf(message).then(async (body) => {
      const name = /\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(decodeURIComponent(message.url ?? ''))?.[1];
      if (name === undefined) forward(message, body, response, motoPort);
      else await answerInvocation(name.split(':').at(-1) ?? name, body, response, invoke);
    });
  }).listen(0);
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  const python = folders.map(pythonOf).find((path) => existsSync(path)) ?? 'python3';
  const moto = spawn(python, [fileURLToPath(new URL('launch-moto.py', import.meta.url)), '-p', String(motoPort)], {
    stdio: 'ignore',
    // moto's interpreter looks for Lambda here.
    env: { ...process.env, MOTO_PORT: String(port) },
  });
  const endpoint = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    const ended = moto.exitCode === null && moto.signalCode === null ? once(moto, 'exit') : undefined;
    moto.kill();
    await ended;
    gateway.closeAllConnections();
    gateway.close();
  };
  for (let tries = 0; tries < 120; tries += 1) {
    const configured = await fetch(`http://localhost:${motoPort}/moto-api/config`, {
      method: 'POST',
      body: JSON.stringify({ stepfunctions: { execute_state_machine: true }, lambda: { use_docker: false } }),
    }).catch(() => undefined);
    if (configured?.ok === true) return { endpoint, stop };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await stop();
  throw new Error('moto_server did not answer within 30 seconds');
};
