import type { Configuration } from '../../domain/configuration.ts';
import type { Table } from '../../domain/ports/table.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Deployment } from '../definitions/deployment.ts';
import type { EngineStep } from '../engine/engine-step.ts';
import type { EventLog } from '../event-log.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { Access } from './access.ts';
import type { Progress } from './progress.ts';
import type { RunImage } from './run-image.ts';
import type { StartEvent } from './start-event.ts';

/** What a run is made of, and who hears of it. */
export interface RunOptions {
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly deployment: Deployment;
  readonly log: EventLog;
  readonly clock: VirtualClock;
  /** The event that starts the campaign, instead of a manual start. */
  readonly start?: StartEvent;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears of every use of a right. */
  readonly onAccess?: (access: Access) => void;
  readonly onStep?: (step: EngineStep) => void;
  /** Hears of what every state is given and gives. */
  readonly onData?: (state: string, data: unknown) => void;
  /** Puts something between the product and its table. */
  readonly wrapTable?: (table: Table) => Table;
  /** What an earlier run of the same scenario has left: this one goes on in its place. */
  readonly goesOn?: RunImage | undefined;
  /** Faults and operations that strike nothing are no mistake. */
  readonly mayMiss?: boolean;
}
