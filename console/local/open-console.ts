import { awsSessions } from '../../adapters/aws/sessions.ts';
import { systemClock } from '../../adapters/aws/clock.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { consolePorts } from '../../handlers/runtime/console-ports.ts';
import { machines, surroundings } from '../../handlers/runtime/environment.ts';
import type { VirtualClock } from '../../rehearsal/clock/virtual-clock.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import { EventLog } from '../../rehearsal/event-log.ts';
import { Run } from '../../rehearsal/run/run.ts';
import type { RunImage } from '../../rehearsal/run/run-image.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import { createConsole, type ConsoleOptions, type PagesSettings } from '../app.ts';
import { localExtras } from './extras.ts';

/** What a console over a rehearsal is opened with. */
export interface OpenConsoleOptions {
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly clock: VirtualClock;
  /** The world of an earlier one, which this one goes on with. */
  readonly goesOn?: RunImage | undefined;
  readonly people: ConsoleOptions['people'];
  readonly machines: ConsoleOptions['machines'];
  readonly sessions: PagesSettings['sessions'];
}

/** A world as campaigns find it, and the console over it. What is started in it goes on as the clock is let on. */
export const openConsole = async ({
  scenario,
  configuration,
  clock,
  goesOn,
  sessions,
  ...callers
}: OpenConsoleOptions): Promise<{ readonly run: Run; readonly app: ReturnType<typeof createConsole> }> => {
  const release = clock.hold();
  const { deployment } = await loadDeployment(configuration);
  const run = new Run({ scenario, configuration, deployment, log: new EventLog(null), clock, goesOn });
  release();
  await run.open();
  const base = { table: run.table, clock: systemClock, configuration: () => configuration, surroundings };
  const app = createConsole({
    ports: consolePorts(
      base,
      awsSessions(configuration.hub, () => configuration.targets),
    ),
    ...callers,
    pages: { sessions, provider: null, machines, extras: localExtras(run.scenarioWorld) },
    onError: (error, path) => console.error(`${path}: ${error.stack ?? error.message}`),
  });
  return { run, app };
};
