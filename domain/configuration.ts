import type { RefreshPreferences } from './ports/groups.ts';
import type { Target } from './target.ts';

/** How strict the gates are with an image. */
export type Category = 'base' | 'application' | 'hotfix';
/** Inspector's severities that a policy can name, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** What kind of value a tag holds, beside allowed values and a pattern. */
export const tagTypes = ['text', 'integer', 'boolean', 'date', 'version'] as const;
export type TagType = (typeof tagTypes)[number];

/** What one image tag must look like. */
export interface TagRule {
  readonly key: string;
  readonly required: boolean;
  readonly type: TagType;
  /** The only values allowed, in their canonical spelling; null: any. */
  readonly values: readonly string[] | null;
  /** A regular expression the whole value must match; null: any. */
  readonly pattern: string | null;
}

/** What an image replaces: stacks of the family follow images of the family. */
export interface Family {
  readonly name: string;
  /** Accounts whose images are accepted; `self` is the tooling account. */
  readonly owners: readonly string[];
  /** Glob over the image name, for images whose family tag is missing; null: the tag decides alone. */
  readonly namePattern: string | null;
  readonly tags: readonly TagRule[];
  /** Name of the SSM parameter that holds the promoted image id; `{family}` and `{environment}` are filled in. */
  readonly promotionParameter: string;
}

/** The gates' policy for one category. */
export interface GatePolicy {
  /** Oldest build accepted, in days since its creation in the source region. */
  readonly maxAgeDays: number;
  /** Days that must be left before the image is deprecated. */
  readonly deprecationMarginDays: number;
  /** Gates that images of this category skip; what is skipped stands in the verdict. */
  readonly skip: readonly SkippableGate[];
  /** Most findings accepted by severity; a severity not named is not limited. */
  readonly maxFindings: Readonly<Partial<Record<Severity, number>>>;
  /** The worst single finding accepted, where a fix is available and where none is. */
  readonly highestSeverity: Readonly<Record<'withFix' | 'withoutFix', SeverityLimit>>;
  /** Longest time a fix may have been available, in days by severity; a severity not named is not limited. */
  readonly maxDaysSinceFix: Readonly<Partial<Record<Severity, number>>>;
  /** Whether a finding with a known exploit is accepted like any other. */
  readonly exploitKnown: 'refuse' | 'accept';
}

/** The worst severity accepted; `none` accepts no finding that has a severity. */
export type SeverityLimit = Severity | 'none';

/** A finding that somebody answers for, for a time. */
export interface Waiver {
  /** The vulnerability's id, as Inspector calls it. */
  readonly cve: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day, in UTC, on which it holds: `2026-12-31`. */
  readonly expires: string;
  /** Families it holds for; null: all. */
  readonly families: readonly string[] | null;
}

/** The name of a built-in gate, as configuration, verdicts and reports spell it. */
export const gateNames = ['Tag Check', 'Inspector Scan', 'Age Limit', 'Custom Gates'] as const;
export type GateName = (typeof gateNames)[number];

/** Everything that gives a verdict, as the verdict names it. */
export const measuredGates = ['Resolve Images', ...gateNames, 'Recheck Gates'] as const;

/** Gates that a category may skip. Tag Check is none of them: it proves whose image it is, and so whose word the category is. */
export const skippableGates = ['Inspector Scan', 'Age Limit', 'Custom Gates'] as const satisfies readonly GateName[];
export type SkippableGate = (typeof skippableGates)[number];

/** How the regional copies of a build are found. */
export interface ImageSetPolicy {
  /** Longest wait for copies that are still being made, in minutes. */
  readonly copyWaitMinutes: number;
  /** What a region or target without a usable copy does to the campaign. */
  readonly withoutCopy: 'reject' | 'leaveOut';
}

/** A check of the user's own. */
export interface CustomGate {
  readonly name: string;
  /** What is asked: a Lambda function or a state machine, by its ARN, or an instance of the image. */
  readonly asks: { readonly kind: 'function' | 'stateMachine'; readonly arn: string } | BootCheck;
  /** No answer after this many seconds is a failed one. */
  readonly timeoutSeconds: number;
}

/** Boots the image and runs an SSM document on it. */
export interface BootCheck {
  readonly kind: 'boot';
  /** The document of type Command, by name or ARN. */
  readonly document: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Null: the type for the image's architecture. */
  readonly instanceType: string | null;
  /** SSM has to manage the instance within this time. */
  readonly bootMinutes: number;
  /** Name of the runbook that waits for the instance and runs the document; the hub stack makes it. */
  readonly runbook: string;
}

/** Where and as what gates launch instances of the image. */
export interface GateInstances {
  /** Empty: the hub stack makes an isolated subnet. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Null: the hub stack makes one that lets SSM manage the instance. */
  readonly instanceProfileArn: string | null;
  readonly types: { readonly x86_64: string; readonly arm64: string };
  /** An instance that is older is ended, whatever it is for. */
  readonly hours: number;
}

/** Failed stacks tolerated: a number, or a percentage of the planned ones (rounded down). */
export type FailureBudget = number | { readonly percent: number };

/** A time in which a ring may begin and take on stacks. */
export interface MaintenanceWindow {
  /** When it opens: a cron expression of five fields. */
  readonly cron: string;
  readonly hours: number;
  /** IANA name of the zone that the expression is read in. */
  readonly timeZone: string;
}

export interface Ring {
  /** Title Case is derived from it: `canary` is shown as "Canary Ring". */
  readonly name: string;
  /** Share of the stacks that no tag assigns, in percent; null: the ring takes what is left. */
  readonly sharePercent: number | null;
  /** Most stacks in work at once, over all targets. */
  readonly cap: number;
  /** Most stacks in work at once in one target. */
  readonly targetCap: number;
  /** Failed stacks tolerated: a number, or a percentage of the planned ones (rounded down). */
  readonly failureBudget: FailureBudget;
  /** The same for each account by its own stacks; null: no limit beside the ring's. */
  readonly accountFailureBudget: FailureBudget | null;
  /** Whether stacks whose account refuses us are only skipped, or fail the ring. */
  readonly unreachable: 'skip' | 'fail';
  readonly bakeMinutes: number;
  /** Whether an operator must approve before the next ring starts; auto: only where not everything stayed green. */
  readonly approval: 'required' | 'auto' | 'none';
  /** What a ring that approves itself must show besides. */
  readonly autoApproval: { readonly minBakeMinutes: number };
  /** The ring begins, and takes on stacks, only while one of them is open; empty: at any time. */
  readonly windows: readonly MaintenanceWindow[];
  /** SSM change calendars that must be open too, beside those of all rings. */
  readonly calendars: readonly string[];
}

/** A person who may approve; identities are what IAM and the identity provider call them. */
export interface Person {
  readonly id: string;
  /** IAM principal ARNs; `*` stands for any text (role sessions). */
  readonly iam: readonly string[];
  /** OIDC subjects. */
  readonly oidc: readonly string[];
}

/** What somebody may ask the API, the pages and the command line for. */
export const permissions = ['read', 'start', 'approve', 'halt'] as const;
export type Permission = (typeof permissions)[number];

/** Whom a permission is given to. Each of the lists alone is enough. */
export interface Grant {
  /** Ids of `people`; `*` stands for all of them. */
  readonly people: readonly string[];
  /** Groups of the identity provider. */
  readonly groups: readonly string[];
  /** IAM principal ARNs; `*` stands for any text (role sessions). */
  readonly principals: readonly string[];
}

/** The API and the pages. */
export interface ConsoleSettings {
  /** Where they are reached; null: not told yet. */
  readonly url: string | null;
  /** The identity provider whose tokens people bring; null: only signed IAM requests are answered. */
  readonly oidc: {
    readonly issuer: string;
    /** Audiences, of which a token must name one. */
    readonly audiences: readonly string[];
    /** The claim that lists the person's groups. */
    readonly groupsClaim: string;
    /** How the pages are known to the provider; null: there are no pages. */
    readonly clientId: string | null;
  } | null;
  readonly access: Readonly<Record<Permission, Grant>>;
}

/** A channel that reads what is told; both ids as Slack spells them. */
export interface SlackSettings {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** From when on the product itself raises an alarm; null: no alarm. */
export interface Monitoring {
  readonly campaignHours: number | null;
  /** Least share of a gate's verdicts of a day that passed. */
  readonly gatePassPercent: number | null;
  readonly detectMinutes: number | null;
  readonly restoreMinutes: number | null;
  /** Waits that are overdue for half an hour. */
  readonly stuckTokens: number | null;
  /** Messages in a handler's dead-letter queue. */
  readonly deadLetters: number | null;
  /** Since the last promotion of a family. */
  readonly imageStalenessDays: number | null;
  /** From the making of an image until 90 % of the instances run it. */
  readonly adoptionHours: number | null;
}

/** How long things are kept, in days. What is in the table has no end: a chain with its first links gone proves nothing. */
export interface Retention {
  /** Inventories, plans and reports in the bucket. */
  readonly planDays: number;
  /** Logs in CloudWatch; one of the periods that CloudWatch knows. */
  readonly logDays: number;
  /** The way back: how long a replaced image stays held from deregistration after the next promotion. */
  readonly previousImageDays: number;
  /** Whether a held image is protected from deregistration as well, and for a day longer than it is held. */
  readonly protectPreviousImage: 'no' | 'yes' | 'withCooldown';
  /** A replaced image becomes deprecated so many days after; null: it does not. */
  readonly deprecateAfterDays: number | null;
}

/** Targets that are looked up in AWS Organizations at each campaign. */
export interface OrganizationTargets {
  /** Id of the organisation, `o-…`: only its accounts may send events, and only they are entered. */
  readonly id: string;
  /** Organisational units or roots, with everything below them; none: the whole organisation. */
  readonly units: readonly string[];
  /** Tags that an account must have, each with the values that will do; none: every account. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Each is used in each account. */
  readonly regions: readonly string[];
  /** Accounts that are left out. */
  readonly except: readonly string[];
}

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
    /** How often a stack's restore is tried before the stack is quarantined. */
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
