import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Client } from '../../../cli/api/client.ts';
import { ApiError } from '../../../cli/api/client.ts';
import { createConsole } from '../../../console/app.ts';
import type { ConsolePorts } from '../../../console/ports.ts';
import { NotSignedIn } from '../../../console/auth/identify.ts';
import type { Attributes, Query, Table } from '../../../domain/ports/table.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { names } from '../../../rehearsal/run/names.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { loadScenario } from '../../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../../rollout.config.ts';
import { aConfiguration } from '../../domain/fakes/configuration.ts';

/** A campaign that has ended, with its table and documents to tamper with, and the API over them. */
export interface RehearsedTrail {
  readonly campaignId: string;
  readonly table: Table;
  readonly client: Client;
  /** Everything below a partition, as it is stored. */
  readonly items: (query: Query) => Promise<readonly (Attributes & { readonly pk: string; readonly sk: string })[]>;
  readonly putDocument: (key: string, text: string) => void;
  readonly documents: (prefix: string) => readonly string[];
  readonly serve: () => Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
}

/** Rehearses a shipped scenario and keeps what it has left behind. */
export const rehearsedTrail = async (scenario: string): Promise<RehearsedTrail> => {
  const kept: Run[] = [];
  const { campaignId } = await rehearse(loadScenario(scenario), { configuration, onRun: (run) => kept.push(run) });
  const [run] = kept as [Run];
  const { objects } = run.scenarioWorld.world;
  const reader = aConfiguration();
  const ports = {
    table: run.table,
    configuration: () => reader,
    planStore: {
      bucket: names.bucket,
      get: (key: string) => {
        const text = objects.text(names.bucket, key);
        return text === undefined
          ? Promise.reject(Object.assign(new Error(`no ${key}`), { name: 'NoSuchKey' }))
          : Promise.resolve(JSON.parse(text) as unknown);
      },
    },
  } as unknown as ConsolePorts;
  const app = createConsole({
    ports,
    people: () => Promise.resolve({ kind: 'oidc', subject: 'oidc|ana', groups: [] }),
    machines: () => Promise.reject(new NotSignedIn('not here')),
    onError: (error) => {
      throw error;
    },
  });
  const call = async (method: string, path: string, sent: { query?: Readonly<Record<string, unknown>> } = {}) => {
    const query = Object.entries(sent.query ?? {}).filter(([, value]) => value !== undefined);
    const parameters = new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)]));
    const response = await app.request(`/api${path}?${parameters.toString()}`, { method });
    const body = (await response.json()) as { detail: string };
    if (!response.ok) throw new ApiError(response.status, body.detail);
    return body;
  };
  return {
    campaignId,
    table: run.table,
    client: { call } as Client,
    items: async (query) => (await run.table.query(query)).items as never,
    putDocument: (key, text) =>
      void objects.put(names.bucket, key, {
        bytes: new TextEncoder().encode(text),
        contentType: 'application/json',
        metadata: {},
        writtenAt: 0,
      }),
    documents: (prefix) => objects.keys(names.bucket, prefix),
    serve: async () => {
      const listener = getRequestListener(app.fetch);
      const server = createServer((request, response) => void listener(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    },
  };
};
