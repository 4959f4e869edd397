import type { Table } from '../domain/ports/table.ts';
import { withVirtualClock } from './clock/virtual-clock.ts';
import { loadDeployment } from './definitions/load-deployment.ts';
import type { EngineStep } from './engine/engine-step.ts';
import { EventLog } from './event-log.ts';
import { frugalHeap } from './frugal-heap.ts';
import { buildReport } from './report/build-report.ts';
import type { RehearsalReport } from './report/rehearsal-report.ts';
import type { Access } from './run/access.ts';
import { rollbackReport } from './report/rollback-report.ts';
import type { Progress } from './run/progress.ts';
import { rehearsalConfiguration } from './run/rehearsal-configuration.ts';
import { Run } from './run/run.ts';
import { startEvent } from './run/start-event.ts';
import type { Scenario } from './scenario/scenario-schema.ts';

/** When every rehearsal begins, so that the same seed gives the same log. */
const startsAt = '2026-11-03T08:00:00.000Z';

export interface RehearseOptions {
  /** The user's configuration, as `rollout.config.ts` exports it. */
  readonly configuration: unknown;
  readonly eventsFile?: string;
  /** An EventBridge document that starts the campaign. */
  readonly event?: unknown;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears of every use of a right; what IAM would be asked about. */
  readonly onAccess?: (access: Access) => void;
  /** Hears of every step of every execution. */
  readonly onStep?: (step: EngineStep) => void;
  /** Hears of what every state is given and gives, as the history of an execution keeps it. */
  readonly onData?: (state: string, data: unknown) => void;
  /** Is given the run before it begins, to watch the simulated AWS. */
  readonly onRun?: (run: Run) => void;
  /** Is given the report while the virtual time still stands at the end. */
  readonly onEnd?: (report: Omit<RehearsalReport, 'eventLogSha256'>) => void;
  /** Puts something between the product and its table, to watch what is stored. */
  readonly wrapTable?: (table: Table) => Table;
  /** Faults and operations that strike nothing are no mistake of the scenario: a generated one cannot know. */
  readonly mayMiss?: boolean;
}

/**
 * Rehearses one scenario: the synthesized machines, the real handlers and adapters, a simulated AWS, in virtual time.
 * Rehearsals of one process run one after the other.
 */
export const rehearse = async (scenario: Scenario, options: RehearseOptions): Promise<RehearsalReport> => {
  const configuration = rehearsalConfiguration(options.configuration, scenario);
  const { deployment, definitionSha256 } = await loadDeployment(configuration);
  const log = new EventLog(options.eventsFile ?? null);
  const began = performance.now();
  const heapAsBefore = frugalHeap(scenario.fleet);
  return withVirtualClock(startsAt, async (clock) => {
    const run = new Run({
      scenario,
      configuration,
      deployment,
      log,
      clock,
      ...(options.event === undefined ? {} : { start: startEvent(options.event, scenario.fleet.regions) }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.onAccess === undefined ? {} : { onAccess: options.onAccess }),
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
      ...(options.onData === undefined ? {} : { onData: options.onData }),
      ...(options.wrapTable === undefined ? {} : { wrapTable: options.wrapTable }),
      mayMiss: options.mayMiss ?? false,
    });
    options.onRun?.(run);
    try {
      const campaignId = await run.toTheEnd();
      const source = { run, campaignId, scenario, configuration, definitionSha256 };
      const report = async () => buildReport({ ...source, wallMs: performance.now() - began });
      if (scenario.then === null) {
        const last = await report();
        options.onEnd?.(last);
        return { ...last, eventLogSha256: log.close() };
      }
      const atFirst = await report();
      const rolledBack = scenario.then.of === 'latest' ? (run.campaigns.at(-1) ?? campaignId) : campaignId;
      const { asked, askedAt } = await run.rollBack(rolledBack);
      const then = await rollbackReport({ run, campaignId: rolledBack, scenario, configuration, asked, askedAt });
      // A campaign that the rollback has stopped on its way had come to no end before.
      const first = atFirst.outcome === 'NONE' ? await report() : atFirst;
      // What else was started may have ended since.
      const { otherCampaigns, images, messages } = await report();
      const last = { ...first, otherCampaigns, images, messages, then };
      options.onEnd?.(last);
      return { ...last, eventLogSha256: log.close() };
    } finally {
      run.close();
      heapAsBefore();
    }
  });
};
