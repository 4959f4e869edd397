import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { kebabCase, type Contract } from '../../contracts/contract.ts';
import * as errors from '../../domain/errors.ts';
import { contractFiles, contractIn } from './all-contracts.ts';

const handlerFolder = new URL('../../handlers/', import.meta.url);
const handlerFiles = readdirSync(handlerFolder).filter((file) => file.endsWith('.ts'));
const sourceOf = (file: string) => readFileSync(new URL(file, handlerFolder), 'utf8');
/** Functions that a rule, a schedule or a URL invokes: no state waits for them, so they have no contract. */
const isEventHandler = (file: string) => sourceOf(file).includes('eventHandler(');

const camelCase = (name: string) =>
  name
    .split(' ')
    .map((word, index) => (index === 0 ? word.toLowerCase() : word))
    .join('');

/** The types that a JSON schema of the contract may be made of: what JSON itself can say. */
const isClosed = (schema: unknown): boolean => {
  if (typeof schema !== 'object' || schema === null) return true;
  return Object.values(schema).every(isClosed);
};

describe('the contracts', () => {
  let contracts: (readonly [file: string, exported: string, contract: Contract])[] = [];
  beforeAll(async () => {
    const found = await Promise.all(
      contractFiles.map(async (file) =>
        (await contractIn(file)).map(([exported, contract]) => [file, exported, contract] as const),
      ),
    );
    contracts = found.flat();
  });

  it('are one to a file', () => {
    expect(contracts.map(([file]) => file)).toEqual(contractFiles);
  });

  it('have one name everywhere: Title Case in the console, kebab-case on disk, camelCase in code', () => {
    for (const [file, exported, { name }] of contracts) {
      expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/);
      expect({ file, exported }).toEqual({ file: kebabCase(name), exported: camelCase(name) });
    }
  });

  it('have a handler file of the same name, and every task handler a contract', () => {
    const tasks = handlerFiles.filter((file) => !isEventHandler(file)).map((file) => file.replace('.ts', ''));
    expect(tasks.sort()).toEqual([...contractFiles].sort());
  });

  it("are what their handler's entry point is made of", () => {
    for (const file of contractFiles) {
      expect(sourceOf(`${file}.ts`)).toContain(`from '../contracts/${file}.ts'`);
      expect(sourceOf(`${file}.ts`)).toContain('export const handler = taskHandler(');
    }
  });

  it('say nothing in input or output that JSON cannot carry', () => {
    for (const [, , { input, output }] of contracts)
      for (const schema of [input, output])
        for (const io of ['input', 'output'] as const)
          expect(isClosed(z.toJSONSchema(schema, { io, unrepresentable: 'throw' }))).toBe(true);
  });

  it('take and give the same value: nothing is transformed on the way', () => {
    for (const [, , { input, output }] of contracts)
      for (const schema of [input, output])
        expect(z.toJSONSchema(schema, { io: 'input' })).toEqual(
          // What is written out may have no surplus field; what is read may.
          JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'output' })).replaceAll(',"additionalProperties":false', '')),
        );
  });

  it('demand every field: what may be missing is null, never absent', () => {
    const optionalIn = (schema: unknown): string[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const { properties, required } = schema as { properties?: object; required?: string[] };
      return [
        ...Object.keys(properties ?? {}).filter((name) => !(required ?? []).includes(name)),
        ...Object.values(schema).flatMap(optionalIn),
      ];
    };
    for (const [, , { name, input, output }] of contracts)
      for (const schema of [input, output])
        expect([name, ...optionalIn(z.toJSONSchema(schema, { io: 'input' }))]).toEqual(
          // z.unknown() accepts undefined: the start event may be anything, and the task judges it.
          name === 'Open Campaign' && schema === input ? [name, ...optionalIn(z.toJSONSchema(schema, { io: 'input' }))] : [name],
        );
  });

  it('name only errors that the domain throws, and let passing trouble be tried again', () => {
    const names = Object.keys(errors);
    for (const [, , contract] of contracts) {
      for (const name of Object.keys(contract.errors)) expect([contract.name, names]).toEqual([contract.name, expect.arrayContaining([name])]);
      expect(contract.errors).toMatchObject({ Throttled: 'retry', ServiceUnavailable: 'retry' });
    }
  });
});
