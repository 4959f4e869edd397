import type * as z from 'zod/mini';

/**
 * A task was given, or gave, something else than its contract says: machine and handler are of different versions, or
 * one of them is wrong. Trying again cannot help; the typed layer never retries it.
 */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';

  constructor(task: string, side: 'input' | 'output', issues: readonly z.core.$ZodIssue[]) {
    const fields = issues.map(({ path, message }) => `${path.map(String).join('.') || '(root)'}: ${message}`);
    super(`${side} of ${task} does not fit its contract: ${fields.join('; ')}`);
  }
}
