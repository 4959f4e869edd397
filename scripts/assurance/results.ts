import * as z from 'zod';

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);

const simulation = z.strictObject({
  from: count,
  seeds: count,
  violations: count,
  outcomes: counts,
  faults: counts,
  rules: z.array(z.strictObject({ number: count, says: z.string(), checks: count })),
  threads: count,
  seconds: z.number(),
  /** Load average of a minute before the run: what else the machine had to do. */
  loadBefore: z.number(),
});

const scenarios = z.strictObject({
  scenarios: count,
  breakdowns: count,
  places: count,
  visited: count,
  unvisited: z.array(z.strictObject({ place: z.string(), because: z.string() })),
  /** Uses of a right, as they happened. */
  calls: count,
  /** Different questions to IAM that they come to. */
  questions: count,
  allowed: count,
  actions: count,
  surplus: z.array(z.strictObject({ because: z.string(), rights: z.record(z.string(), z.array(z.string())) })),
});

const secondInterpreter = z.strictObject({
  paths: z.array(z.strictObject({ path: z.string(), states: count, tasks: count })),
});

const mutants = z.strictObject({
  seeds: count,
  mutants: z.array(
    z.strictObject({
      name: z.string(),
      /** By the tests that look at the place; null: not asked. */
      byTests: z.boolean().nullable(),
      /** The seed and rule by which the simulation finds it alone; null: it does not, or was not asked. */
      bySimulation: z.string().nullable(),
      /** Why the simulation cannot see it, where that is known. */
      unseen: z.string().nullable(),
    }),
  ),
});

const mutation = z.strictObject({
  /** Killed ones in percent that each area must reach. */
  least: z.number(),
  files: z.array(z.strictObject({ file: z.string(), killed: count, survived: count, uncovered: count })),
});

const load = z.strictObject({
  runs: z.array(z.strictObject({ what: z.string(), result: z.string(), seconds: z.number() })),
});

/** What each producer leaves behind, by the name of its file. */
export const resultSchemas = {
  simulation,
  scenarios,
  'second-interpreter': secondInterpreter,
  mutants,
  mutation,
  load,
} as const;

export type ResultName = keyof typeof resultSchemas;
export const resultNames = Object.keys(resultSchemas) as ResultName[];

const stamped = <T extends z.ZodType>(of: T) =>
  z.strictObject({
    /** ISO 8601, and of which commit; `changed`: with changes that were in none. */
    at: z.string(),
    commit: z.string(),
    /** How long it took, on whatever else the machine had to do. */
    seconds: count.optional(),
    result: of,
  });

/** The results of all producers, each with when it was produced and of what. What has not run is missing. */
export const assurance = z.strictObject({
  simulation: stamped(simulation).optional(),
  scenarios: stamped(scenarios).optional(),
  'second-interpreter': stamped(secondInterpreter).optional(),
  mutants: stamped(mutants).optional(),
  mutation: stamped(mutation).optional(),
  load: stamped(load).optional(),
});
export type Assurance = z.output<typeof assurance>;
