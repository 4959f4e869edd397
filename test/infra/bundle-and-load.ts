import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledCode } from '../../infra/constructs/handler-code.ts';
import { configurationWith } from './deployed.ts';

// Run by a test in a process of its own: bundles all handlers, loads each, and prints what it found as JSON.
const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-bundles-'));
try {
  bundledCode(configurationWith(), folder);
  const found: Record<string, unknown> = {};
  for (const name of readdirSync(folder)) {
    const module = (await import(pathToFileURL(join(folder, name, 'index.mjs')).href)) as { handler: unknown };
    const code = readFileSync(join(folder, name, 'index.mjs'), 'utf8');
    const { rings } = JSON.parse(readFileSync(join(folder, name, 'rollout.json'), 'utf8')) as { rings: unknown[] };
    found[name] = {
      handler: typeof module.handler,
      rings: rings.length,
      files: readdirSync(join(folder, name)).sort(),
      kilobytes: Buffer.byteLength(code) / 1000,
      // The namespace of its requests, which no other client has.
      withEc2: code.includes('AmazonEC2'),
    };
  }
  console.log(JSON.stringify(found));
} finally {
  rmSync(folder, { recursive: true });
}
