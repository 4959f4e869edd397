import type { Attributes, Key } from '../../domain/ports/table.ts';
import type { AuditEntry } from '../../domain/records/audit-entry.ts';
import type { Campaign } from '../../domain/records/campaign.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Direction } from '../../domain/words.ts';
import type { Call } from '../aws/call.ts';
import type { SimStack } from '../aws/state/sim-stack.ts';
import type { World } from '../aws/world.ts';
import type { RehearsalReport } from '../report/rehearsal-report.ts';
import type { Progress } from '../run/progress.ts';
import type { Run } from '../run/run.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** A request that changes a stack or the SSM parameter it reads, at the moment before it takes effect. */
export interface ImageWrite {
  readonly at: number;
  readonly call: Call;
  /** The stacks that it concerns: one, or the readers of the SSM parameter. */
  readonly stacks: readonly SimStack[];
  readonly direction: Direction;
  /** The image that it brings; undefined where it says none, as a refresh or a rollback does. */
  readonly image: string | undefined;
  /** CloudFormation's ClientRequestToken; undefined for other services. */
  readonly token: string | undefined;
  /** By the token; undefined for other services. */
  readonly campaignId: string | undefined;
  /** The service will refuse it, or has done it already under the same token: nothing changes. */
  readonly idle: boolean;
}

/** What a rule can look at: the simulated AWS as it is, and what the product has stored last. */
export interface Simulated {
  readonly run: Run;
  readonly world: World;
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  /** By campaign id. */
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** The stack's record in each campaign. */
  readonly recordsOf: (stackId: string) => readonly StackRecord[];
  readonly record: (campaignId: string, stackId: string) => StackRecord | undefined;
  readonly recordsIn: (campaignId: string) => readonly StackRecord[];
  readonly audit: readonly AuditEntry[];
  /** Images of the product's campaigns: whatever is rolled out here. */
  readonly isNew: (image: string) => boolean;
}

/** What a rule is told, as it happens. */
export interface Hooks {
  readonly write?: (write: ImageWrite) => void;
  /** A stack's record was stored. */
  readonly record?: (record: StackRecord, before: StackRecord | undefined) => void;
  readonly campaign?: (campaign: Campaign, before: Campaign | undefined) => void;
  /** Anything was stored, or deleted (undefined). */
  readonly stored?: (key: Key, item: Attributes | undefined, before: Attributes | undefined) => void;
  readonly progress?: (progress: Progress) => void;
  readonly called?: (call: Call) => void;
  readonly end?: (report: Omit<RehearsalReport, 'eventLogSha256'>) => void;
}

/** One of the rules that hold always, as it is checked against the simulated AWS. */
export interface Rule {
  readonly number: number;
  readonly says: string;
  readonly watch: (simulated: Simulated, violated: (how: string) => void) => Hooks;
}
