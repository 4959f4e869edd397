import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { loadInventory } from '../../rehearsal/inventory/load-inventory.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { ExitCode } from '../exit-code.ts';
import { readFleet, requireFamily } from '../inventory/read-fleet.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { durationInWords } from '../terminal/duration.ts';
import { wrap } from '../terminal/fit.ts';
import { plural } from '../terminal/plural.ts';
import { standardOutput, type Terminal } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { drillScenario } from './drill-scenario.ts';
import { type DrillResult, judgeDrill } from './judge-drill.ts';

/** The options of `ami-rollout drill`. */
export interface DrillArguments {
  readonly from?: string;
  readonly family?: string;
  readonly role?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Errors that say what about the fleet cannot be rehearsed. */
const isFinding = (error: unknown): error is Error =>
  error instanceof Error && ['ScenarioError', 'ConfigurationError'].includes(error.name);

type Configuration = ReturnType<typeof parseConfiguration>;
type Rings = Parameters<typeof drillScenario>[2];

/** The rings as the file says them, else the usual ones. */
const ringsOf = (configuration: unknown, { rings }: Configuration): Rings =>
  (configuration as { readonly rings?: Rings }).rings ?? (rings.map(({ name }) => ({ name })) as unknown as Rings);

const drillOf = async (
  inventory: FleetInventory,
  family: string,
  configuration: unknown,
  parsed: Configuration,
): Promise<{ readonly result: DrillResult; readonly notes: readonly string[] }> => {
  try {
    const keys = parsed.families.find(({ name }) => name === family)?.tags.map(({ key }) => key) ?? [];
    const { scenario, notes } = drillScenario(inventory, family, ringsOf(configuration, parsed), keys);
    return { result: judgeDrill(family, await rehearse(scenario, { configuration })), notes };
  } catch (error) {
    if (!isFinding(error)) throw error;
    const nothing = { outcome: 'NONE', reason: '', stacks: [], virtualSeconds: 0 };
    return { result: { ...judgeDrill(family, nothing), findings: [error.message] }, notes: [] };
  }
};

const lines = (
  { family, passed, outcome, stacks, touched, back, virtualSeconds, findings }: DrillResult,
  notes: readonly string[],
  { columns, colors }: Terminal,
): string => {
  const facts = `${plural(stacks, 'stack')}, ${touched} touched, ${back} back, ${durationInWords(virtualSeconds)}`;
  const head = passed
    ? colors.green(`✓ ${family}: ${outcome}; ${facts}`)
    : colors.bold(colors.red(`✗ ${family}: ${outcome}; ${facts}`));
  const width = columns === null ? null : columns - 4;
  return [
    head,
    ...findings.flatMap((finding) => wrap(finding, width)).map((line) => colors.red(`    ${line}`)),
    ...notes.flatMap((note) => wrap(note, width)).map((line) => colors.dim(`    ${line}`)),
    '',
  ].join('\n');
};

/** Rehearses a failing canary over the fleet as it stands, family by family; gives the exit code. */
export const runDrill = async (args: DrillArguments): Promise<number> => {
  const { from, family = null, role } = args;
  const { configuration, file } = await loadConfiguration(args.config);
  const parsed = parseConfiguration(configuration, file);
  requireFamily(parsed, family, file);
  const inventory =
    from === undefined
      ? await readFleet(parsed, { family, role, instances: true, templates: true })
      : loadInventory(from);
  const present = [...new Set(inventory.stacks.map((stack) => stack.family))].sort();
  const families = family === null ? present : present.filter((name) => name === family);
  if (families.length === 0)
    throw new UsageError(
      `there is no stack to drill with${family === null ? '' : ` of family ${family}`}: see what \`ami-rollout inventory\` leaves out, and why`,
    );
  const terminal = standardOutput();
  const results: DrillResult[] = [];
  for (const name of families) {
    const { result, notes } = await drillOf(inventory, name, configuration, parsed);
    results.push(result);
    if (args.json !== true) terminal.write(lines(result, notes, terminal));
  }
  const passed = results.every((result) => result.passed);
  if (args.json === true)
    terminal.write(`${JSON.stringify({ passed, takenAt: inventory.takenAt, families: results })}\n`);
  else terminal.write(passed ? 'Everything that a failing canary touches goes back.\n' : 'Not everything goes back.\n');
  return passed ? ExitCode.Done : ExitCode.RestoreIncomplete;
};
