import type { Adoption } from './campaign/adoption.ts';
import type { Category } from './configuration.ts';
import type { ReasonCode } from './gates/reason.ts';
import type { Coverage, Finding } from './ports/scans.ts';
import type { RollbackTriggers } from './ports/stacks.ts';
import type { AutoApproval } from './ring/auto-approval.ts';
import type { ApprovalEvidence } from './ring/evidence.ts';
import type { Direction, Mode, Outcome, Reader, Replacement, StackStatus, imageTags } from './words.ts';

/** Version of the record shapes in the table; a reader refuses what is newer than itself. */
export const schemaVersion = 1;

/** One attempt to move a scope to one image. */
export interface Campaign {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly executionArn: string;
  readonly family: string;
  readonly category: Category;
  /** Environments in scope; empty: all. */
  readonly environments: readonly string[];
  readonly image: { readonly id: string; readonly region: string };
  /** The same build under its ids, by region; empty until the images are resolved. */
  readonly imageSet: Readonly<Record<string, string>>;
  /** What makes two images the same build. */
  readonly build: string;
  /** When the build was made, in its source region; ISO 8601, empty where no image was found. */
  readonly builtAt: string;
  /** Who started it, as a person id, or `unknown`. */
  readonly starter: string;
  readonly startReason: string;
  readonly dryRun: boolean;
  readonly allowOlder: boolean;
  /** A revoked image is wanted all the same; missing: it is not. */
  readonly allowRevoked?: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /**
   * running: forward writes are allowed. restoring: only the restore writes. promoted: the image is the family's.
   * closed: the outcome is written; nothing writes any more.
   */
  readonly phase: 'running' | 'restoring' | 'promoted' | 'closed';
  /** Raised whenever the right to write changes hands. */
  readonly fence: number;
  /** ISO 8601; since when it has been restoring, the last time. Missing: never. */
  readonly restoringSince?: string;
  /** How far the image had come to the instances when the campaign ended; null where nothing was to be moved. Missing: still open. */
  readonly adoption?: Adoption | null;
  readonly planHash: string;
  readonly planned: number;
  readonly ringNames: readonly string[];
  /** Regions and targets left out, each with its reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** First ring whose budget was breached; null: none. */
  readonly breachedRing: string | null;
  /** Outcome known before the report (duplicate, unchanged, restored, …); null: still open. */
  readonly conclusion: Outcome | null;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** The operators have been told how it ended. */
  readonly told: boolean;
  /** The execution that restores it: the newest attempt, the first of the same cause, and that cause. */
  readonly restore: {
    readonly executionArn: string;
    readonly attempt: number;
    readonly first: number;
    readonly reason: string;
  } | null;
  /** The last rollback that a person asked for after the campaign had ended, and how it had ended. */
  readonly rollback: Rollback | null;
}

/** A campaign that had an outcome and is put back on a person's word. */
export interface Rollback {
  readonly by: string;
  readonly reason: string;
  /** ISO 8601; stacks that were dealt with before are looked at anew. */
  readonly at: string;
  readonly from: Outcome;
}

/** Counts of InService instances by image id. */
export type ImageCounts = Readonly<Record<string, number>>;

/** What a stack had before its first write; written once, never overwritten. */
export interface Previous {
  /** The template parameter's value: an image id, or the SSM parameter's name. */
  readonly parameterValue: string;
  /** The image the stack was on: the parameter's value, or what the SSM parameter resolved to. */
  readonly image: string;
  /** Mode ssm: the SSM parameter's value and version; else null. */
  readonly ssm: { readonly value: string; readonly version: number } | null;
  readonly running: ImageCounts;
}

/** One stack in one campaign. */
export interface StackRecord {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  readonly ring: string;
  readonly order: number;
  /** Most stacks of its target in work when it begins, so that other targets have their share; missing: the target's cap. */
  readonly share?: number;
  readonly mode: Mode;
  readonly parameter: string;
  readonly ssmParameter: string | null;
  readonly readBy: Reader | null;
  /** Names of other stacks of the campaign that read the same SSM parameter: it cannot be put back for one of them alone. */
  readonly sharedWith: readonly string[];
  readonly image: string;
  readonly alarms: readonly string[];
  readonly status: StackStatus;
  readonly reason: string;
  /** Raised by one at every write; a write states the revision that it has read. */
  readonly revision: number;
  readonly previous: Previous | null;
  /** What an update must repeat of the stack, as the claim saw it. */
  readonly shape: {
    readonly parameters: readonly { readonly name: string }[];
    readonly capabilities: readonly string[];
  } | null;
  /** The groups, by their names in the template, that the image parameter reaches; empty: all of the stack's. */
  readonly groups: readonly string[];
  readonly replacement: Replacement | null;
  /** True from just before the first write on. */
  readonly touched: boolean;
  /** The operation in flight or last made. */
  readonly operation: {
    readonly requestToken: string;
    readonly direction: Direction;
    readonly attempt: number;
    readonly startedAt: string;
    /** What CloudFormation was asked for; missing: an update. */
    readonly kind?: 'update' | 'continueRollback' | 'rollback';
    /** Resources that a continued rollback leaves as they are. */
    readonly skip?: readonly string[];
    /** It has ended, or will do no more: the next one is an operation of its own, with a number of its own. */
    readonly over?: boolean;
  } | null;
  /** How often the stack's restore was begun again; missing: never. */
  readonly restoreTries?: number;
  /** The rollback triggers that the restore has taken off because they were red; null: none, or on again. */
  readonly setAside?: RollbackTriggers | null;
  readonly instances: ImageCounts;
  /** Number of the lease that the last claim was given; a write under another number is refused. Missing: not claimed yet. */
  readonly lease?: number;
  /** ISO 8601; since when the stack has been waiting for a foreign operation to end. */
  readonly busySince: string | null;
  readonly claimedAt: string | null;
  readonly endedAt: string | null;
  /** Number and hash of the last entry in the stack's audit chain. */
  readonly audit: { readonly sequence: number; readonly head: string };
}

/** One SSM parameter in one campaign; the stacks that read it share its previous value. */
export interface ParameterRecord {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly previous: { readonly value: string; readonly version: number };
  readonly image: string;
  /** The stack whose Apply writes it, since when (ISO 8601), and the version it gave: once in each direction. */
  readonly forwardBy: string | null;
  readonly forwardAt: string | null;
  readonly forwardVersion: number | null;
  readonly restoreBy: string | null;
  readonly restoreAt: string | null;
  readonly restoreVersion: number | null;
}

/** One entry of the append-only trail. `hash` covers the entry and the hash before it. */
export interface AuditEntry {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The stack it is about, or null for the campaign itself. */
  readonly stackId: string | null;
  readonly sequence: number;
  readonly at: string;
  /** A person id, or the task that acted. */
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** SHA-256 of the evidence, so that two decisions on the same evidence show it. */
  readonly evidenceHash: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** What a gate found, with what it rests on. */
export interface Verdict {
  readonly gate: string;
  readonly passed: boolean;
  /** The category skips the gate: it has not judged. */
  readonly skipped?: true;
  readonly reasons: readonly string[];
  /** What each reason is, in their order; empty where it passed. */
  readonly codes: readonly ReasonCode[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** One request for approval of one ring. */
export interface Approval {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly ring: string;
  readonly image: string;
  readonly planHash: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  /** Distinct people that must agree. */
  readonly approversNeeded: number;
  /** The operators have been told. */
  readonly asked: boolean;
  /** What they decide on, and its hash as the trail has it; missing in requests of before. */
  readonly evidence?: ApprovalEvidence;
  readonly evidenceHash?: string;
  /** How a ring was judged that may approve itself; missing where it may not. */
  readonly auto?: AutoApproval;
  readonly decisions: readonly {
    readonly person: string;
    readonly decision: 'approve' | 'reject';
    readonly reason: string;
    readonly at: string;
  }[];
  readonly state: 'open' | 'approved' | 'rejected' | 'expired';
}

/** What a wait is for, and so how the sweep finds out whether it is over. */
export type WaitKind =
  | 'gates'
  | 'update'
  | 'refresh'
  | 'verify'
  | 'scan'
  | 'images'
  | 'hold'
  | 'approval'
  | 'restore'
  | 'halt'
  | 'turn'
  | 'window';

/** A task token that something must complete. Never logged. */
export interface Wait {
  readonly schemaVersion: number;
  /** Request token of the operation, group ARN, image id, …: what the completing event carries. */
  readonly key: string;
  /** Tells apart those that wait for the same key; missing where there can be only one. */
  readonly member?: string;
  readonly kind: WaitKind;
  readonly campaignId: string;
  readonly taskToken: string;
  readonly account: string;
  readonly region: string;
  readonly stackId: string | null;
  readonly direction: Direction | null;
  /** Whatever the waker needs to go on, as JSON. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  /** From then on the sweep looks at it. */
  readonly overdueAt: string;
  /** How often the sweep has looked. */
  readonly sweeps: number;
}

/**
 * A halt of one campaign, or of everything. It is kept as a wait without a token, so that the sweep finds the ones that
 * nobody has resolved in time.
 */
export interface Halt extends Wait {
  readonly kind: 'halt';
  /** A campaign's id, or `*`: all campaigns, running and new ones. */
  readonly scope: string;
  /** A person id. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601; what has been moved is put back if nobody resumes before. */
  readonly expiresAt: string;
}

/** One custom gate that a campaign asks. */
export interface GateCall {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The gate's name in the configuration. */
  readonly gate: string;
  readonly image: { readonly id: string; readonly region: string };
  readonly category: Category;
  readonly askedAt: string;
  /** No answer by then is a failed one. */
  readonly deadline: string;
  /** open: an answer is accepted. answered, failed: it is not any more. */
  readonly state: 'open' | 'answered' | 'failed';
  /** SHA-256 of each callback id that was given out; the ids themselves are kept nowhere. */
  readonly callbackHashes: readonly string[];
  /** The execution that was started to find out; null for a function. */
  readonly executionArn: string | null;
  /** The runbook's run that boots the image; null for all but boot checks. */
  readonly runId: string | null;
  /** What came back, as it came; null where nothing did. */
  readonly answer: unknown;
  /** What went wrong while asking; empty where something came back. */
  readonly error: string;
  /** ISO 8601; null while it is open. */
  readonly endedAt: string | null;
}

/** An instance that a gate of a campaign has launched, or means to. */
export interface GateInstance {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The gate that needs it. */
  readonly purpose: string;
  readonly imageId: string;
  /** Null until EC2 has given it. */
  readonly instanceId: string | null;
  readonly market: 'spot' | 'on-demand' | null;
  readonly launchedAt: string | null;
  /** Whoever finds it alive after that ends it. */
  readonly expiresAt: string;
  /** Ids of those before it that EC2 has taken away; missing: none. */
  readonly lost?: readonly string[];
  /** What was found on it: Inspector forgets that with the instance. */
  readonly scan: { readonly coverage: Coverage; readonly findings: readonly Finding[] } | null;
}

/** What gates have found of a build, whichever campaign asked: the tags of its images follow it, never the other way. */
export interface ImageRecord {
  readonly schemaVersion: number;
  readonly family: string;
  /** What makes two images of the family the same build. */
  readonly build: string;
  /** Raised by one at every write; a write states the version that it has read. */
  readonly version: number;
  /** The build's images by region, as campaigns have resolved them. */
  readonly images: Readonly<Record<string, string>>;
  /** By tag key. */
  readonly verdicts: Readonly<Partial<Record<VerdictTag, TaggedVerdict>>>;
  /** Why the build is not to be rolled out again; null or missing: it may be. */
  readonly revoked?: Revocation | null;
}

/** A build was rolled back: whoever wants it again has to say so. */
export interface Revocation {
  /** A person id, or the task that acted. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** The campaign that was rolled back. */
  readonly campaignId: string;
}

/** The tags of an image that say what gates have found. */
export type VerdictTag = (typeof imageTags)['scanStatus' | 'testResults'];

/** The last verdict that one such tag stands for. */
export interface TaggedVerdict {
  readonly value: 'passed' | 'failed';
  readonly gate: string;
  readonly campaignId: string;
  readonly at: string;
}

/** A finding in a build that stacks run: who tells of it, and what is done about it. */
export interface Alert {
  readonly schemaVersion: number;
  readonly family: string;
  readonly build: string;
  /** What was found, in one value: the same findings are one alert. */
  readonly fingerprint: string;
  readonly reasons: readonly string[];
  /** The event that has taken it, and when; ISO 8601. */
  readonly by: string;
  readonly at: string;
  /** The operators have been told. */
  readonly told: boolean;
  /** Everything that follows has been set going. */
  readonly done: boolean;
}

/** One promotion of an image in one target, newest last. */
export interface Promotion {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly family: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly parameter: string;
  readonly image: string;
  readonly previousImage: string | null;
  /** The promotion that the parameter's image came by, where one is on record; it counts again when this one is taken back. */
  readonly before?: { readonly campaignId: string; readonly previousImage: string | null; readonly at: string } | null;
  readonly at: string;
  /** superseded: somebody else had written the parameter when the promotion was to be taken back; it was left alone. */
  readonly state: 'intended' | 'promoted' | 'restored' | 'superseded';
}

/** An image that a promotion has replaced, in one region: the way back from what replaced it. */
export interface ImageHold {
  readonly schemaVersion: number;
  readonly imageId: string;
  readonly region: string;
  readonly family: string;
  /** Campaigns that have replaced the image, the last one last. */
  readonly campaigns: readonly string[];
  /** ISO 8601; when the last of them did. */
  readonly replacedAt: string;
  /** refused: the image cannot be held, and the reason says why. releasing, released: it is needed no longer. */
  readonly state: 'intended' | 'held' | 'refused' | 'releasing' | 'released';
  readonly reason: string;
  /** The protection from deregistration is ours to take off again. */
  readonly protectedByUs: boolean;
  /** ISO 8601; the date of deprecation that we have set; null: none. */
  readonly deprecateAt: string | null;
  /** ISO 8601; when what replaced it was itself replaced; null: it is still the way back, or current. */
  readonly unneededSince: string | null;
  /** Raised by one at every write. */
  readonly revision: number;
}
