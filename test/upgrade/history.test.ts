import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryTable } from '../../adapters/table/memory-table.ts';
import type { Contract } from '../../contracts/contract.ts';
import { listAudit } from '../../domain/operating/list-audit.ts';
import { listStacks } from '../../domain/operating/list-stacks.ts';
import { viewCampaign } from '../../domain/operating/view-campaign.ts';
import type { Attributes, Table } from '../../domain/ports/table.ts';
import { contractFiles, contractIn } from '../contracts/all-contracts.ts';
import { configurationWith } from '../infra/deployed.ts';
import { recordHistory, type Line } from './record-history.ts';

const folder = new URL('../fixtures/histories/', import.meta.url);
/** RECORD_HISTORY=1.2.0 npm run unit -- test/upgrade: keeps what this version says, with every release. */
const recorded = process.env['RECORD_HISTORY'];
if (recorded !== undefined) writeFileSync(new URL(`${recorded}.jsonl`, folder), await recordHistory());

const revived = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$set' in value ? new Set(value.$set as string[]) : value;

const contracts = new Map<string, Contract>();
beforeAll(async () => {
  for (const file of contractFiles) for (const [, contract] of await contractIn(file)) contracts.set(file, contract);
});

describe.each(readdirSync(folder).filter((file) => file.endsWith('.jsonl')))('the history %s', (file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, revived) as Line);
  const records = lines.flatMap((line) => (line.kind === 'record' ? [line] : []));

  it("is understood by today's contracts: a function that is replaced under a running execution gets its old input", () => {
    const broken = lines.flatMap((line) => {
      // What a task gave is in the data of a running execution, and comes back as the input of a later task.
      if (line.kind !== 'input') return [];
      const contract = contracts.get(line.task);
      // Functions of events and requests have none.
      if (contract === undefined) return [];
      const read = contract.input.safeParse(line.data);
      return read.success
        ? []
        : read.error.issues.map(
            ({ path, message }) => `contracts/${line.task}.ts: input.${path.join('.')}: ${message}`,
          );
    });
    expect([...new Set(broken)]).toEqual([]);
  });

  it('has something of nearly every task', () => {
    const tasks = new Set(lines.flatMap((line) => (line.kind === 'record' ? [] : [line.task])));
    expect([...contracts.keys()].filter((task) => !tasks.has(task))).toEqual(['await-window']);
  });

  describe('in the table', () => {
    let table: Table;
    let campaignId = '';
    beforeAll(async () => {
      table = memoryTable();
      await table.putAll(records.map(({ key, item }) => ({ key, item })));
      campaignId = String(
        records.find(({ key }) => key.pk.startsWith('CAMPAIGN#') && key.sk === 'CAMPAIGN')?.item['campaignId'],
      );
    });
    const of = (prefix: string): readonly Attributes[] =>
      records.filter(({ key }) => key.pk.endsWith(campaignId) && key.sk.startsWith(prefix)).map(({ item }) => item);

    it("is the same campaign for today's readers", async () => {
      const ports = {
        table,
        clock: { now: () => new Date('2026-11-04T00:00:00.000Z'), sleep: () => Promise.resolve() },
        configuration: () => configurationWith(),
      };
      const [stored] = of('CAMPAIGN');
      const view = await viewCampaign(ports)(campaignId);
      expect(view?.campaign).toEqual(stored);
      expect(stored?.['outcome']).toBe('RESTORED');
      const all = { ring: null, status: null, limit: 100, cursor: null };
      const stacks = await listStacks(ports)(campaignId, all, () => Promise.resolve([]));
      const named = (items: readonly object[]) =>
        items.map((item) => JSON.stringify(item, ['stackName', 'status', 'reason'])).sort();
      expect(named(stacks.items)).toEqual(named(of('STACK#')));
      expect(stacks.items.length).toBeGreaterThan(5);
      const audit = await listAudit(ports)({ campaignId, stackId: null, limit: 100, cursor: null });
      expect(audit.items.length).toBeGreaterThan(5);
    });
  });
});
