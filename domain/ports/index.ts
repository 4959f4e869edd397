import type { Configuration } from '../configuration.ts';
import type { Alarms } from './alarms.ts';
import type { Calendars } from './calendars.ts';
import type { Clock } from './clock.ts';
import type { Executions } from './executions.ts';
import type { Forwarding } from './forwarding.ts';
import type { Functions } from './functions.ts';
import type { GateMachines } from './gate-machines.ts';
import type { Groups } from './groups.ts';
import type { Images } from './images.ts';
import type { Instances } from './instances.ts';
import type { Keys } from './keys.ts';
import type { Metrics } from './metrics.ts';
import type { Notifications } from './notifications.ts';
import type { Organization } from './organization.ts';
import type { Parameters } from './parameters.ts';
import type { PlanStore } from './plan-store.ts';
import type { Runbooks } from './runbooks.ts';
import type { Scans } from './scans.ts';
import type { Stacks } from './stacks.ts';
import type { Table } from './table.ts';
import type { TargetGroups } from './target-groups.ts';

/** What the deployment tells a handler about itself. */
export interface Surroundings {
  readonly hub: { readonly account: string; readonly region: string };
  readonly campaignMachineArn: string;
  readonly restoreMachineArn: string;
  readonly claimFunctionName: string;
  /** Asks one custom gate. */
  readonly askGateFunctionName: string;
  /** Ends instances of gates. */
  readonly endInstancesFunctionName: string;
  /** Writes what gates have found on the images. */
  readonly writeTagsFunctionName: string;
  /** Reads templates for somebody who looks at a plan. */
  readonly inspectFunctionName: string;
  /** What a custom gate calls to answer later. */
  readonly answerGateFunctionArn: string;
}

/** Everything outside the domain; a use case names the ones it needs by `Pick`. */
export interface Ports {
  /** Does work in the name of a campaign, for those who serve several: sessions in member accounts carry its id. */
  readonly acting: <Result>(campaignId: string, work: () => Promise<Result>) => Promise<Result>;
  readonly alarms: Alarms;
  readonly calendars: Calendars;
  readonly clock: Clock;
  /** Read at every invocation, so that one container serves the configuration it was deployed with. */
  readonly configuration: () => Configuration;
  readonly executions: Executions;
  readonly forwarding: Forwarding;
  readonly functions: Functions;
  readonly gateMachines: GateMachines;
  readonly groups: Groups;
  readonly images: Images;
  readonly instances: Instances;
  readonly keys: Keys;
  readonly metrics: Metrics;
  readonly notifications: Notifications;
  readonly organization: Organization;
  readonly parameters: Parameters;
  readonly planStore: PlanStore;
  readonly runbooks: Runbooks;
  readonly scans: Scans;
  readonly stacks: Stacks;
  readonly surroundings: () => Surroundings;
  readonly table: Table;
  readonly targetGroups: TargetGroups;
}
