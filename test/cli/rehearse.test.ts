import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runCli, startCli } from './run-cli.ts';

const small = ['--stacks', '4', '--accounts', '1', '--regions', 'eu-west-1'];

// The first rehearsal after a change synthesizes the machines, which takes seconds.
const patient = 60_000;

describe('ami-rollout rehearse', () => {
  it(
    'prints one JSON object and writes the log that it names',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
      const log = join(folder, 'events.jsonl');
      const { code, stdout, stderr } = await runCli(['rehearse', ...small, '--json', '--events', log]);
      const report = JSON.parse(stdout) as { outcome: string; stacks: unknown[]; eventLogSha256: string };
      expect({ code, stderr, outcome: report.outcome }).toEqual({ code: 0, stderr: '', outcome: 'PROMOTED' });
      expect(report.stacks).toHaveLength(4);
      expect(createHash('sha256').update(readFileSync(log)).digest('hex')).toBe(report.eventLogSha256);
      rmSync(folder, { recursive: true });
    },
    patient,
  );

  it(
    'exits with the code of an outcome that was not expected, and tells it line by line',
    async () => {
      const { code, stdout } = await runCli(['rehearse', ...small, '--reject']);
      expect(code).toBe(3);
      expect(stdout).toContain('☞ Approve Canary Ring       operator says: reject\n');
      expect(stdout).toContain('✗ Confirm Approval (Canary) not approved\n');
      expect(stdout).toContain('\nRESTORED\n');
      expect(stdout).not.toContain('\u001b[');
    },
    patient,
  );

  it(
    'goes on to its end, and to its exit code, when nobody reads the output any more',
    async () => {
      const child = startCli(['rehearse', ...small, '--reject']);
      let stderr = '';
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
      child.stdout.once('data', () => child.stdout.destroy());
      const code = await new Promise((resolve) => child.on('exit', resolve));
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    },
    patient,
  );
});

describe('ami-rollout graph', () => {
  it(
    'draws both machines of the deployment',
    async () => {
      const [campaign, restore] = await Promise.all([runCli(['graph']), runCli(['graph', '--machine', 'restore'])]);
      expect([campaign.code, restore.code]).toEqual([0, 0]);
      expect(campaign.stdout).toContain('subgraph Canary_Ring["Canary Ring: for each stack"]');
      expect(campaign.stdout).toContain('Tag_Check_Passed ==>|"passed"| Inspector_Scan');
      expect(restore.stdout).toContain('title: ami-rollout-restore');
    },
    patient,
  );
});
