import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), 'ami-rollout-synth-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly type: string }>>;
}

describe('the app that `cdk` runs', () => {
  it('gives cdk the hub and the spokes, with their functions bundled, and no other stack', async () => {
    const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { readonly context: object };
    // As cdk runs it: the variable makes each app of the process write itself there when the process ends.
    await promisify(execFile)(process.execPath, ['infra/app.ts'], {
      cwd: root,
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    });
    const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
    const stacks = Object.entries(artifacts).flatMap(([name, { type }]) =>
      type === 'aws:cloudformation:stack' ? [name] : [],
    );
    expect(stacks.sort()).toEqual([
      'ami-rollout',
      'ami-rollout-spoke-111122223333-us-east-1',
      'ami-rollout-spoke-444455556666-eu-west-1',
      'ami-rollout-spoke-444455556666-us-east-1',
    ]);
  }, 120_000);
});
