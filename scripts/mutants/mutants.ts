import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const mutant = z.strictObject({
  /** What goes wrong with it. */
  name: z.string().min(1),
  replace: z.array(z.strictObject({ file: z.string(), from: z.string(), to: z.string() })).min(1),
  /** Tests that look at the place. */
  tests: z.array(z.string()).min(1),
  /** A seed at which the simulation has found it: it is asked first. */
  seed: z.int().optional(),
  /** Why the simulation alone cannot see it. */
  unseen: z.string().min(20).optional(),
});

/** One deliberate fault in the product. */
export type Mutant = z.output<typeof mutant>;

/** Reads the list of deliberate faults. */
export const readMutants = (file: string): readonly Mutant[] =>
  z.strictObject({ mutants: z.array(mutant) }).parse(parse(readFileSync(file, 'utf8'))).mutants;

/** A fault that cannot be put in any more: the code has changed, and the list has to. */
export class StaleMutant extends Error {
  override readonly name = 'StaleMutant';
}

/** The text with the fault in it. */
export const mutate = (text: string, name: string, { file, from, to }: Mutant['replace'][number]): string => {
  const places = text.split(from).length - 1;
  if (places === 1) return text.replace(from, () => to);
  throw new StaleMutant(
    `${name}: ${file} has ${places} places that read \`${from}\`, not one: bring the fault up to date`,
  );
};
