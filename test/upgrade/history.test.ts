import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
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

/** The part of a JSON schema that says which fields there are. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const at = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);

/** The fields of the data that the schema does not have. */
const missingIn = (schema: JsonSchema, data: unknown): readonly string[] => {
  if (typeof data !== 'object' || data === null) return [];
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined)
    return variants.map((variant) => missingIn(variant, data)).reduce((a, b) => (b.length < a.length ? b : a));
  if (Array.isArray(data)) return data.flatMap((one) => missingIn(schema.items ?? {}, one));
  const { properties = {}, additionalProperties: more = false } = schema;
  return Object.entries(data).flatMap(([key, value]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : more === true ? {} : more;
    if (own === false || own === undefined) return [`.${key}`];
    return missingIn(own, value).map((path) => `.${key}${path}`);
  });
};

describe.each(readdirSync(folder).filter((file) => file.endsWith('.jsonl')))('the history %s', (file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, revived) as Line);
  const records = lines.flatMap((line) => (line.kind === 'record' ? [line] : []));

  /** What today's contracts say against what tasks were given or gave then; `mayBeNew`: a field that was missing then is none. */
  const problems = (kind: 'input' | 'output', mayBeNew: boolean): readonly string[] => {
    const broken = lines.flatMap((line) => {
      if (line.kind !== kind) return [];
      const contract = contracts.get(line.task);
      // Functions of events and requests have none.
      if (contract === undefined) return [];
      const read = contract[kind].safeParse(line.data);
      const issues = (read.error?.issues ?? []).filter(({ path }) => !mayBeNew || at(line.data, path) !== undefined);
      return issues.map(({ path, message }) => `contracts/${line.task}.ts: ${kind}.${path.join('.')}: ${message}`);
    });
    return [...new Set(broken)];
  };

  it("is understood by today's contracts: a function that is replaced under a running execution gets its old input", () => {
    expect(problems('input', false)).toEqual([]);
  });

  it("has nothing in its outputs that today's lack or spell otherwise: a running execution reads what its own definition says", () => {
    expect(problems('output', true)).toEqual([]);
    const lost = lines.flatMap((line) => {
      const contract = line.kind === 'output' ? contracts.get(line.task) : undefined;
      if (contract === undefined || line.kind !== 'output') return [];
      const schema = z.toJSONSchema(contract.output, { io: 'output' }) as JsonSchema;
      return missingIn(schema, line.data).map((path) => `contracts/${line.task}.ts: output${path} is gone`);
    });
    expect([...new Set(lost)]).toEqual([]);
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
