import { createInterface } from 'node:readline/promises';
import { UsageError } from '../usage-error.ts';

/**
 * Asks a person to say yes.
 *
 * @throws UsageError where there is nobody to ask
 */
export const confirm = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked here: give --yes to go on without confirmation');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
};
