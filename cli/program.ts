import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addDecisions } from './commands/decisions.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDrill } from './commands/drill.ts';
import { addFleetQueries } from './commands/fleet-queries.ts';
import { addGraph } from './commands/graph.ts';
import { addInit } from './commands/init.ts';
import { addInspect } from './commands/inspect.ts';
import { addInventory } from './commands/inventory.ts';
import { addLintTags } from './commands/lint-tags.ts';
import { addRehearse } from './commands/rehearse.ts';
import { addRollback } from './commands/rollback.ts';
import { addPlan, addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as Record<'version' | 'description', string>;

const afterwards = `
Exit codes:
  0  promoted, unchanged, planned, duplicate or superseded; for rehearse: the outcome that was expected
  1  wrong usage, or something unexpected
  2  rejected by a gate
  3  restored: everything touched is back on its previous image
  4  restore incomplete: some stacks need a person
  5  still running (--no-wait, --timeout, status)

Examples:
  $ ami-rollout init                              # a configuration from a few questions
  $ ami-rollout rehearse                          # a whole campaign in virtual time, without AWS
  $ ami-rollout rehearse --scenario canary-breaks # what happens when the canary fails
  $ ami-rollout inventory --out fleet.json        # your fleet as it stands; rehearse it with --from
  $ ami-rollout inspect template.yaml             # can this stack take part?
  $ ami-rollout lint-tags --image ami-0123456789abcdef0   # would Tag Check take this image?
`;

/** The command line's commands; each loads what it needs when it runs, so that help comes at once. */
export const createProgram = (): Command => {
  const program = new Command('ami-rollout')
    .description(description)
    .version(version, '-V, --version', 'print the version')
    .option('--no-color', 'plain text (also with NO_COLOR=1)')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('Add --help to see what can be given.')
    .addHelpText('after', afterwards)
    .exitOverride();
  addPlan(program);
  addStart(program);
  addStatus(program);
  addDecisions(program);
  addFleetQueries(program);
  addDoctor(program);
  addRehearse(program);
  addDrill(program);
  addRollback(program);
  addGraph(program);
  addInit(program);
  addInspect(program);
  addInventory(program);
  addLintTags(program);
  return program;
};
