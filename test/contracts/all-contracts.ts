import { readdirSync } from 'node:fs';
import type { Contract } from '../../contracts/contract.ts';

const folder = new URL('../../contracts/', import.meta.url);
const notTasks = ['contract.ts', 'outcomes.ts', 'shapes.ts'];

/** The files that declare a task, without their ending. */
export const contractFiles: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !notTasks.includes(file))
  .map((file) => file.replace('.ts', ''));

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'completes' in value && 'input' in value && 'errors' in value;

/** What the file exports: the contract's name in code, and the contract. */
export const contractIn = async (file: string): Promise<readonly [string, Contract][]> => {
  const module = (await import(new URL(`${file}.ts`, folder).href)) as Record<string, unknown>;
  return Object.entries(module).flatMap(([name, value]) => (isContract(value) ? [[name, value]] : []));
};
