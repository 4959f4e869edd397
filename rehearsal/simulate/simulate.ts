import { rehearse } from '../rehearse.ts';
import { rehearsalConfiguration } from '../run/rehearsal-configuration.ts';
import type { Run } from '../run/run.ts';
import { scenarioOf } from '../scenario/parse-scenario.ts';
import { allRules } from './rules/all-rules.ts';
import { Watch, type Violation } from './watch.ts';

/** What became of one simulated scenario. */
export interface Simulation {
  readonly outcome: string;
  readonly violations: readonly Violation[];
  /** How often each rule was looked at, by its number. */
  readonly checks: Readonly<Record<string, number>>;
}

/**
 * Rehearses a scenario and checks the rules that hold always while it runs and at its end. A run that does not come to
 * its end breaks the last of them. `meddle` is given the run before it begins, to break something in it.
 */
export const simulate = async (
  file: object,
  configuration: unknown,
  meddle: (run: Run) => void = () => undefined,
): Promise<Simulation> => {
  const scenario = scenarioOf(file, 'the simulation');
  const resolved = rehearsalConfiguration(configuration, scenario);
  const watch = new Watch(allRules);
  try {
    const report = await rehearse(scenario, {
      configuration,
      mayMiss: true,
      onRun: (run) => {
        watch.begin(run, scenario, resolved);
        meddle(run);
      },
      wrapTable: (table) => watch.table(table),
      onProgress: (progress) => watch.progress(progress),
      onEnd: (report) => watch.end(report),
    });
    return { outcome: report.outcome, violations: watch.violations, checks: Object.fromEntries(watch.checks) };
  } catch (error) {
    watch.violated(13, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { outcome: 'NONE', violations: watch.violations, checks: Object.fromEntries(watch.checks) };
  }
};
