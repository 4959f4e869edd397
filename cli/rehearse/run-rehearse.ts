import { writeFileSync } from 'node:fs';
import { parseConfiguration } from '../../infra/config.ts';
import { fleetAccounts } from '../../rehearsal/aws/accounts.ts';
import { inventoryScenario, type InventoryScenario } from '../../rehearsal/inventory/inventory-scenario.ts';
import { loadInventory } from '../../rehearsal/inventory/load-inventory.ts';
import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Progress } from '../../rehearsal/run/progress.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import { rehearsalExitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { wrap } from '../terminal/fit.ts';
import { plural } from '../terminal/plural.ts';
import { standardOutput, type Terminal } from '../terminal/terminal.ts';
import { followFamily } from './follow-family.ts';
import { timelinePage } from './html/page.ts';
import { Recording } from './html/recording.ts';
import { overrideScenario, type ScenarioOverrides } from './override-scenario.ts';
import { readEvent } from './read-event.ts';
import { RehearsalView } from './rehearsal-view.ts';

/** The options of `ami-rollout rehearse`. */
export interface RehearseArguments extends ScenarioOverrides {
  readonly scenario: string;
  readonly from?: string;
  readonly event?: string;
  readonly config?: string;
  readonly events?: string;
  readonly html?: string;
  readonly json?: boolean;
}

const heading = (
  { name, description, fleet, seed }: Scenario,
  notes: readonly string[],
  { columns, colors }: Terminal,
): string => {
  const stacks = typeof fleet.stacks === 'number' ? fleet.stacks : fleet.stacks.length;
  const size = `${plural(stacks, 'stack')}, ${plural(fleetAccounts(fleet.accounts).length, 'account')}, ${plural(fleet.regions.length, 'region')}`;
  return [
    `${colors.bold(`Rehearsal of ${name}`)}: ${size}, seed ${seed}`,
    ...(description === undefined ? [] : wrap(description, columns)),
    ...notes.flatMap((note) => wrap(note, columns)),
    colors.dim('Virtual time and a simulated AWS: nothing real is touched.'),
    '',
    '',
  ].join('\n');
};

/** The scenario asked for, with the inventory's fleet where one is given. */
const scenarioFor = ({ scenario, from }: RehearseArguments): InventoryScenario => {
  const base = loadScenario(scenario);
  return from === undefined ? { scenario: base, notes: [] } : inventoryScenario(loadInventory(from), base);
};

/** Runs a rehearsal and prints it; gives the exit code. */
export const runRehearse = async (args: RehearseArguments): Promise<number> => {
  const terminal = standardOutput();
  const { configuration, file } = await loadConfiguration(args.config);
  // By itself first: a mistake in the file should be told as one, not as one of the scenario's policy.
  const own = parseConfiguration(configuration, file);
  const { scenario: chosen, notes } = scenarioFor(args);
  const scenario = followFamily(overrideScenario(chosen, args), own);
  const { rings } = rehearsalConfiguration(configuration, scenario);
  const options = {
    configuration,
    ...(args.event === undefined ? {} : { event: readEvent(args.event) }),
    ...(args.events === undefined ? {} : { eventsFile: args.events }),
  };
  const recording = args.html === undefined ? null : new Recording(rings);
  const writePage = (report: RehearsalReport): void => {
    if (args.html === undefined || recording === null) return;
    writeFileSync(args.html, timelinePage(report, recording, scenario.description));
  };
  if (args.json === true) {
    const report = await rehearse(scenario, { ...options, onProgress: (progress) => recording?.next(progress) });
    writePage(report);
    terminal.write(`${JSON.stringify(report)}\n`);
    return rehearsalExitCode(report);
  }
  const view = new RehearsalView(terminal, rings);
  view.begin(heading(scenario, notes, terminal));
  try {
    const onProgress = (progress: Progress): void => {
      recording?.next(progress);
      view.next(progress);
    };
    const report = await rehearse(scenario, { ...options, onProgress });
    writePage(report);
    view.end(report);
    return rehearsalExitCode(report);
  } catch (error) {
    view.abandon();
    throw error;
  }
};
