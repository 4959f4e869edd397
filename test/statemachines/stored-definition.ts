import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Definition } from '../../statemachines/typed/asl.ts';

/**
 * The definition that was reviewed and stored. To store a new one: `UPDATE_DEFINITIONS=1 npm test -- statemachines`, and
 * read the difference.
 */
export const storedDefinition = (name: 'campaign' | 'restore', current: Definition): unknown => {
  const file = new URL(`../fixtures/${name}.asl.json`, import.meta.url);
  if (process.env['UPDATE_DEFINITIONS'] === '1') writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
  if (!existsSync(file)) throw new Error(`no definition of ${name} is stored: run the test with UPDATE_DEFINITIONS=1`);
  return JSON.parse(readFileSync(file, 'utf8'));
};
