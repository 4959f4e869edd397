import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { parseConfiguration } from '../../infra/config.ts';
import { bundleOptions } from '../../infra/bundling/bundle-handlers.ts';
import { bundledCode } from '../../infra/constructs/handler-code.ts';
import { handlerNames } from '../../infra/handlers.ts';
import rollout from '../../rollout.config.ts';
import { ownProcess } from '../own-process.ts';
import { median } from './median.ts';
import { variables } from './variables.ts';

/** One handler's bundle. */
export interface Bundle {
  readonly handler: string;
  readonly bytes: number;
  /** Median over fresh processes. */
  readonly importMs: number;
  readonly withEc2: boolean;
}

export interface Bundles {
  readonly bundles: readonly Bundle[];
  /** What imports are compared with: an empty middy handler and one SDK client. */
  readonly baseline: Omit<Bundle, 'withEc2'>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The smallest handler that could do anything. */
const empty = `
import middy from '@middy/core';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = middy(async () => client.config.serviceId);
`;

const bundleEmpty = (folder: string): string => {
  const file = join(folder, 'empty', 'index.mjs');
  buildSync({
    stdin: { contents: empty, resolveDir: root, loader: 'ts' },
    outfile: file,
    ...bundleOptions,
  });
  return file;
};

const importMs = (file: string): number =>
  ownProcess('bundles/import-time.ts', [pathToFileURL(file).href], {
    ...variables,
    PATH: process.env['PATH'],
  }) as number;

/** Bundles every handler as for the deployment, and imports each in fresh processes, in turns so that all share what disturbs. */
export const measureBundles = (rounds: number): Bundles => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-bench-'));
  try {
    const configuration = parseConfiguration(rollout);
    bundledCode(configuration, folder);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const files = new Map<string, string>([
      ['empty', bundleEmpty(folder)],
      ...handlerNames.map((name) => [name, join(folder, name, 'index.mjs')] as const),
    ]);
    const times = new Map<string, number[]>([...files.keys()].map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const [name, file] of files) times.get(name)?.push(importMs(file));
    const measured = [...files].map(([handler, file]) => ({
      handler,
      bytes: statSync(file).size,
      importMs: median(times.get(handler) ?? []),
      // The namespace of its requests, which no other client has.
      withEc2: readFileSync(file, 'utf8').includes('AmazonEC2'),
    }));
    const [baseline, ...bundles] = measured;
    if (baseline === undefined) throw new Error('there are no handlers to measure');
    return { bundles, baseline };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
