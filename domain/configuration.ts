import type { Category } from './configuration/category.ts';
import type { ConsoleSettings } from './configuration/console-settings.ts';
import type { CustomGate } from './configuration/custom-gate.ts';
import type { DrillSettings } from './configuration/drill-settings.ts';
import type { Family } from './configuration/family.ts';
import type { GateInstances } from './configuration/gate-instances.ts';
import type { GateName } from './configuration/gate-names.ts';
import type { GatePolicy } from './configuration/gate-policy.ts';
import type { ImageSetPolicy } from './configuration/image-set-policy.ts';
import type { Monitoring } from './configuration/monitoring.ts';
import type { OrganizationTargets } from './configuration/organization-targets.ts';
import type { Person } from './configuration/person.ts';
import type { Retention } from './configuration/retention.ts';
import type { Ring } from './configuration/ring.ts';
import type { SlackSettings } from './configuration/slack-settings.ts';
import type { Waiver } from './configuration/waiver.ts';
import type { RefreshPreferences } from './ports/groups.ts';
import type { Target } from './target.ts';

/**
 * The product's configuration after defaults are filled in; `rollout.config.ts` is checked against its schema in
 * infra/config.ts and deployed beside the handlers.
 */
export interface Configuration {
  /** The tooling account and region the product runs in; owner `self` means this account. */
  readonly hub: Target;
  readonly families: readonly Family[];
  readonly gates: {
    readonly policies: Readonly<Record<Category, GatePolicy>>;
    /** Gates that run only before the named ring instead of before all of them. */
    readonly beforeRing: Readonly<Partial<Record<GateName, string>>>;
    readonly imageSet: ImageSetPolicy;
    readonly custom: readonly CustomGate[];
    readonly waivers: readonly Waiver[];
    /** Where the proof of a scan may come from, in the order in which it is looked for. */
    readonly scanProviders: readonly ('existing' | 'instance')[];
    /** Instances that gates launch from the image. */
    readonly instances: GateInstances;
    /** Whether verdicts are written to the image's tags `security_scan_status` and `test_results`. */
    readonly writeTags: boolean;
    /** What a finding in an image that stacks run already leads to: people are told, or the image is rolled back as well. */
    readonly onFinding: 'alert' | 'rollback';
    /** Longest wait for a scan, in hours. */
    readonly scanTimeoutHours: number;
  };
  readonly targets: {
    /** Every account × region. */
    readonly list: readonly Target[];
    /** Further ones by organisational unit or tag; null: the list is all there is. */
    readonly organization: OrganizationTargets | null;
    /** Accounts whose image builds are heard, beside the targets'; stacks are looked for in targets only. */
    readonly builders: readonly string[];
    /** Name of the role the hub assumes in each member account. */
    readonly roleName: string;
    readonly externalId: string;
  };
  readonly campaigns: {
    /** Most campaigns at once; more wait in the queue. */
    readonly maxConcurrent: number;
    /** Most campaigns that begin within one day (UTC); more wait in the queue. */
    readonly maxDaily: number;
    /** Events about images that were built longer ago start nothing. */
    readonly newWithinDays: number;
  };
  /** SSM change calendars of the hub that must be open for a ring to begin and to take on stacks: names, or ARNs of shared ones. */
  readonly calendars: readonly string[];
  readonly rings: readonly Ring[];
  readonly drill: DrillSettings;
  readonly approval: { readonly expiresAfterHours: number };
  readonly stacks: {
    /** Longest wait for a CloudFormation update, in minutes. */
    readonly updateTimeoutMinutes: number;
    /** Longest wait for the instances to be on the image, in minutes. */
    readonly verifyTimeoutMinutes: number;
    /** Longest wait for a stack that somebody else is updating, in minutes. */
    readonly busyTimeoutMinutes: number;
    /** A wait that is not over after this many minutes is looked at by the sweep. */
    readonly overdueMinutes: number;
    /**
     * Whether a campaign may write an SSM parameter that stacks outside the ring read, or that is the family's promotion
     * parameter.
     */
    readonly sharedParameters: 'refuse' | 'allow';
    /** A target that refuses us at discovery: left out with its reason, or the end of the campaign. */
    readonly unreachableTargets: 'skip' | 'fail';
    /** Whether a change set must show, before each update, that only the image and what follows from it would change. */
    readonly previewChanges: boolean;
    /** How often a stack's restore is tried before it is quarantined; for so many updates' time it waits for one that still runs. */
    readonly restoreAttempts: number;
    /** How instances are replaced where the update itself does not. */
    readonly refresh: RefreshPreferences;
  };
  /** How the alarms that stacks name are judged in a ring's bake. */
  readonly alarms: {
    readonly minDataPoints: number;
    readonly missingData: 'breach' | 'asAlarm' | 'ignore';
  };
  readonly people: readonly Person[];
  readonly console: ConsoleSettings;
  readonly notifications: {
    readonly emails: readonly string[];
    /** Null: none. */
    readonly slack: SlackSettings | null;
  };
  readonly monitoring: Monitoring;
  readonly retention: Retention;
  /** Monthly AWS Budgets alert on the product's own cost tag, in US dollars; null: off. */
  readonly monthlyBudgetUsd: number | null;
}
