import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readTrail } from '../../../cli/audit/read-trail.ts';
import { verifyTrail, type Problem } from '../../../domain/audit/verify-trail.ts';
import { canonicalJson, sha256 } from '../../../domain/hash.ts';
import type { Attributes } from '../../../domain/ports/table.ts';
import type { AuditEntry } from '../../../domain/records/audit-entry.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { auditItem, entryHash, nextEntry } from '../../../domain/store/audit.ts';
import { keys } from '../../../domain/store/keys.ts';
import { runCli } from '../run-cli.ts';
import { rehearsedTrail, type RehearsedTrail } from './rehearsed-trail.ts';

type Place = Record<'pk' | 'sk', string>;
type Stored = AuditEntry & Place;

describe('ami-rollout audit --verify', () => {
  let rehearsed: RehearsedTrail;
  let chain: Stored[];
  let record: StackRecord & Place;
  const undo: (() => Promise<unknown>)[] = [];

  const verify = async () => verifyTrail(await readTrail(rehearsed.client, rehearsed.campaignId));
  const broken = async (): Promise<readonly Problem[]> => {
    const { intact, problems } = await verify();
    expect(intact).toBe(false);
    return problems;
  };
  /** Overwrites an item; it is put back after the test. */
  const overwrite = async (item: Place, over: Attributes) => {
    const { pk, sk, ...own } = item;
    undo.push(() => rehearsed.table.put({ pk, sk }, own));
    await rehearsed.table.put({ pk, sk }, { ...own, ...over });
  };
  const remove = async (item: Place) => {
    await overwrite(item, {});
    await rehearsed.table.delete({ pk: item.pk, sk: item.sk });
  };

  beforeAll(async () => {
    rehearsed = await rehearsedTrail('canary-breaks');
  });
  beforeEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
    const records = await rehearsed.items({ partition: `CAMPAIGN#${rehearsed.campaignId}`, prefix: 'STACK#canary#' });
    record = records[0] as never;
    const { pk } = keys.stackAudit(rehearsed.campaignId, record.stackId, 0);
    chain = (await rehearsed.items({ partition: pk })) as never;
    expect(chain.length).toBeGreaterThan(4);
  });

  it('finds a campaign intact, with the heads of its close', async () => {
    const verification = await verify();
    expect(verification).toMatchObject({ intact: true, problems: [], chains: 41 });
    expect(verification.closes).toEqual([expect.objectContaining({ chains: 41 })]);
    expect(verification.records).toBeGreaterThan(60);
  });

  it('names a record that was removed, one that was changed, and one that was put in', async () => {
    await remove(chain[2] as Stored);
    expect(await broken()).toMatchObject([{ stackId: record.stackId, sequence: 3, kind: 'removed' }]);
    await undo.pop()?.();

    await overwrite(chain[1] as Stored, { why: 'nothing to see here' });
    expect(await broken()).toMatchObject([{ stackId: record.stackId, sequence: 2, kind: 'changed' }]);
    await undo.pop()?.();

    const { audit } = record;
    const forged = nextEntry(
      { campaignId: rehearsed.campaignId, stackId: record.stackId },
      audit,
      { who: 'eve', what: 'approved', why: '' },
      new Date(),
    );
    const { pk, sk } = keys.stackAudit(rehearsed.campaignId, record.stackId, forged.sequence);
    await rehearsed.table.put({ pk, sk }, auditItem(forged));
    undo.push(() => rehearsed.table.delete({ pk, sk }));
    expect(await broken()).toMatchObject([{ sequence: audit.sequence + 1, kind: 'inserted' }]);
  });

  it('sees a tail that was cut off, also where the stack record was made to agree', async () => {
    const tail = chain.slice(3);
    for (const entry of tail) await remove(entry);
    expect(await broken()).toMatchObject([{ stackId: record.stackId, sequence: 4, kind: 'removed' }]);
    await overwrite(record, { audit: { sequence: 3, head: chain[2]?.hash } });
    expect(await broken()).toMatchObject([
      { stackId: record.stackId, sequence: 4, kind: 'removed', says: expect.stringContaining('at the close of') },
    ]);
  });

  it('sees a chain that was written anew from a record on, with hashes, head and all', async () => {
    let before: AuditEntry | undefined = chain[0];
    for (const [index, entry] of chain.entries()) {
      if (index === 0) continue;
      const { pk: _pk, sk: _sk, ...own } = entry;
      const evidence = index === 1 ? { forged: true } : own.evidence;
      const content = {
        ...own,
        evidence,
        evidenceHash: sha256(canonicalJson(evidence)),
        previousHash: before?.hash ?? '',
      };
      before = { ...content, hash: entryHash(content) };
      await overwrite(entry, before as never);
    }
    await overwrite(record, { audit: { sequence: before?.sequence, head: before?.hash } });
    expect(await broken()).toMatchObject([
      { stackId: record.stackId, kind: 'changed', says: expect.stringContaining('at the close of') },
    ]);
  });

  it('sees a stack that was taken out whole, and one that was put in', async () => {
    for (const entry of chain) await remove(entry);
    await remove(record);
    expect(await broken()).toMatchObject([{ stackId: record.stackId, sequence: 1, kind: 'removed' }]);
    for (const step of undo.splice(0).toReversed()) await step();

    const stackId = `${record.stackId}-forged`;
    const key = keys.stack(rehearsed.campaignId, 'canary', stackId);
    const { pk: _pk, sk: _sk, ...own } = record;
    await rehearsed.table.put(key, { ...own, stackId, audit: { sequence: 0, head: '' } });
    undo.push(() => rehearsed.table.delete(key));
    expect(await broken()).toMatchObject([{ stackId, kind: 'inserted' }]);
  });

  it('sees heads that are gone or forged, and a close that is missing', async () => {
    const [document] = rehearsed
      .documents(`campaigns/${rehearsed.campaignId}/`)
      .filter((key) => key.includes('audit-heads-'));
    const text = JSON.stringify({ campaignId: rehearsed.campaignId, campaign: { sequence: 0, head: '' }, stacks: [] });
    const whole = JSON.stringify(
      await rehearsed.client.call('GET', '/audit/heads', {
        query: { campaign: rehearsed.campaignId, hash: /heads-(.*)\.json/.exec(document ?? '')?.[1] },
      }),
    );
    undo.push(() => {
      rehearsed.putDocument(document ?? '', whole);
      return Promise.resolve();
    });
    rehearsed.putDocument(document ?? '', text);
    expect(await broken()).toMatchObject([{ stackId: null, kind: 'changed' }]);
    for (const step of undo.splice(0).toReversed()) await step();

    const { pk } = keys.campaignAudit(rehearsed.campaignId, 0);
    const own = (await rehearsed.items({ partition: pk })) as unknown as Stored[];
    const close = own.findIndex(({ what }) => what === 'RESTORED');
    for (const entry of own.slice(close)) await remove(entry);
    const [campaign] = await rehearsed.items({ partition: `CAMPAIGN#${rehearsed.campaignId}`, prefix: 'CAMPAIGN' });
    await overwrite(campaign as Place, { audit: { sequence: close, head: own[close - 1]?.hash } });
    expect(await broken()).toMatchObject([{ stackId: null, sequence: close + 1, kind: 'removed' }]);
  });

  it('sees an event that is in no chain', async () => {
    const [entry] = chain as [Stored];
    const key = { pk: 'ELSEWHERE', sk: '1' };
    const { pk: _pk, sk: _sk, ...own } = entry;
    await rehearsed.table.put(key, { ...own, sequence: 99, hash: 'f'.repeat(64) });
    undo.push(() => rehearsed.table.delete(key));
    expect(await broken()).toMatchObject([{ stackId: record.stackId, sequence: 99, kind: 'inserted' }]);
  });

  it('says it on the command line, with an exit code', async () => {
    const { url, close } = await rehearsed.serve();
    const cli = (...args: string[]) =>
      runCli(['audit', rehearsed.campaignId, '--verify', '--endpoint', url, ...args], {
        env: { AMI_ROLLOUT_TOKEN: 'any' },
      });
    try {
      const whole = await cli();
      expect(whole).toMatchObject({ code: 0, stderr: '' });
      expect(whole.stdout).toMatch(/^✓ the trail of \S+ is as it was written: [\d,]+ records in 41 chains\./);
      await remove(chain[2] as Stored);
      const tampered = await cli();
      expect(tampered.code).toBe(1);
      expect(tampered.stdout).toContain(`record 3 of stack ${record.stackName}`);
      expect(JSON.parse((await cli('--json')).stdout)).toMatchObject({
        intact: false,
        problems: [{ stackId: record.stackId, sequence: 3, kind: 'removed' }],
      });
      expect(
        await runCli(['audit', '*', '--verify', '--endpoint', url], { env: { AMI_ROLLOUT_TOKEN: 'any' } }),
      ).toMatchObject({ code: 0, stdout: expect.stringContaining('0 records in 1 chain') });
    } finally {
      await close();
    }
  });
});
