import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { kebabCase, type Contract } from '../../contracts/contract.ts';
import { contractFiles, contractIn } from './all-contracts.ts';

const domainFolder = new URL('../../domain/', import.meta.url);
const handlerFolder = new URL('../../handlers/', import.meta.url);
const handlerFiles = readdirSync(handlerFolder).filter((file) => file.endsWith('.ts'));
const sourceOf = (file: string) => readFileSync(new URL(file, handlerFolder), 'utf8');
/** Handlers of events and of HTTP requests serve no state. */
const isEventHandler = (file: string) => sourceOf(file).includes('eventHandler(') || file === 'console.ts';

const camelCase = (name: string) =>
  name
    .split(' ')
    .map((word, index) => (index === 0 ? word.toLowerCase() : word))
    .join('');

const schemaOf = (schema: Contract['input'], io: 'input' | 'output') => z.toJSONSchema(schema, { io });
/** All fields that may be left out. */
const optionalIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, required = [] } = schema as { properties?: object; required?: string[] };
  return [
    ...Object.keys(properties).filter((name) => !required.includes(name)),
    ...Object.values(schema).flatMap(optionalIn),
  ];
};
const domainSource = readdirSync(domainFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(new URL(file, domainFolder), 'utf8'))
  .join('\n');

/**
 * Fields that inputs have gained since the last release, by task: definitions of that release do not send them, so that
 * they have a default or are optional. With the next release they become required, and leave this list.
 */
const newInputs: Readonly<Record<string, readonly string[]>> = {};

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

  it('say nothing in input or output that JSON cannot carry, and transform nothing on the way', () => {
    for (const [, , { name, input, output }] of contracts) {
      for (const schema of [input, output]) {
        // Throws on dates, maps, undefined and the like, and on transforms.
        const [taken, given] = [schemaOf(schema, 'input'), schemaOf(schema, 'output')];
        expect([name, JSON.parse(JSON.stringify(taken))]).toEqual([name, taken]);
        expect([name, Object.keys(given.properties ?? {})]).toEqual([name, Object.keys(taken.properties ?? {})]);
      }
    }
  });

  it('give every field, always: what may be missing is null, never absent', () => {
    for (const [, , { name, input, output }] of contracts) {
      expect([name, optionalIn(schemaOf(output, 'input'))]).toEqual([name, []]);
      // The start event may be anything; Step Functions' own errors may come without a cause.
      const always = { 'Open Campaign': ['event'] }[name] ?? ['Cause'];
      const allowed = [...always, ...(newInputs[name] ?? [])];
      expect([name, optionalIn(schemaOf(input, 'input')).filter((field) => !allowed.includes(field))]).toEqual([
        name,
        [],
      ]);
    }
  });

  it('name only errors that the domain knows, and let passing trouble be tried again', () => {
    for (const [, , { name, errors }] of contracts) {
      const unknown = Object.keys(errors).filter((error) => !domainSource.includes(`'${error}'`));
      expect([name, unknown]).toEqual([name, []]);
      expect([name, errors]).toEqual([
        name,
        expect.objectContaining({ Throttled: 'retry', ServiceUnavailable: 'retry' }),
      ]);
    }
  });
});
