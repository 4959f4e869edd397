import { readFileSync } from 'node:fs';
import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { describeIssues } from '../scenario/describe-issues.ts';
import { inventorySchema } from './inventory-schema.ts';

/** An inventory that cannot be read; the message has one line per complaint, each with its path. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError';
}

/** Validates an inventory. `sourceName` is how messages call it. */
export const inventoryOf = (value: unknown, sourceName: string): FleetInventory => {
  const parsed = inventorySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InventoryError(
    `${sourceName} is no inventory as \`ami-rollout inventory\` writes it:\n${describeIssues(parsed.error, 'the file')}`,
  );
};

/** Reads an inventory from a file. */
export const loadInventory = (file: string): FleetInventory => {
  const text = readFileSync(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InventoryError(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
  return inventoryOf(value, file);
};
