import type { CampaignStateChange } from '../../contracts/events/campaign-state-change.ts';
import type { Random } from '../scenario/random.ts';
import { HUB_ACCOUNT } from './accounts.ts';
import { Apis, type Api } from './apis.ts';
import type { Call, CallRecord, Operations } from './call.ts';
import type { ClientIdentity } from './client-identity.ts';
import { EventDelivery } from './event-delivery.ts';
import type { EventEnvelope, WorldHost } from './host.ts';
import { describeStacksPageLatency } from './model.ts';
import { allServices } from './services/all-services.ts';
import { SimulatedError, denied, throttled } from './simulated-error.ts';
import { pause } from './pause.ts';
import { shiftDates } from './shift-dates.ts';
import type { InstanceBehaviour, SimGateInstance } from './state/gate-instance.ts';
import { ImageRegistry } from './state/image-registry.ts';
import type { SimRunbookRun } from './state/runbook-run.ts';
import { ObjectStore } from './state/object-store.ts';
import type { SimStack } from './state/sim-stack.ts';
import { Target } from './state/target.ts';
import { subjectOf } from './subject.ts';

/** What a world is made with. */
export interface WorldInit {
  /** The first one is the hub's. */
  readonly regions: readonly [string, ...string[]];
  readonly accounts: readonly string[];
  readonly random: Random;
  readonly host: WorldHost;
}

/** An organisational unit or a root. */
export interface OrganizationUnit {
  readonly id: string;
  /** Null for a root. */
  readonly parent: string | null;
  /** The accounts directly in it. */
  readonly accounts: readonly string[];
}

/** What the product itself rests on, in its own region: an outage of these is one of the product, which then stands still. */
const unaffected: ReadonlySet<string> = new Set(['lambda', 'organizations', 's3', 'sns', 'states', 'sts']);

/** A message published to SNS. */
export interface PublishedMessage {
  readonly at: number;
  readonly topicArn: string | undefined;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A simulated AWS: accounts, regions and the services in them, in whatever time `setTimeout` and `Date` keep. It answers
 * requests ({@link World.request}) and sends events (`host.emit`); everything else about it is plain state that a runner
 * may read, and primitives under `faults/` change.
 */
export class World {
  readonly regions: readonly [string, ...string[]];
  readonly accounts: readonly string[];
  readonly random: Random;
  /** Jitter of the SDK's retries; a stream of its own. */
  readonly retryRandom: Random;
  readonly images = new ImageRegistry();
  readonly objects = new ObjectStore();
  readonly messages: PublishedMessage[] = [];
  /** The product's own events on the hub's bus. */
  readonly ownEvents: { readonly at: number; readonly change: CampaignStateChange }[] = [];
  /** Image Builder's images by build version ARN: region → image id. */
  readonly imageBuilds = new Map<string, ReadonlyMap<string, string>>();
  /** Change calendars that are closed for some time (epoch milliseconds); every other one is open. */
  readonly closedCalendars = new Map<string, { readonly from: number; readonly until: number }>();
  /** Accounts that refuse every call. */
  readonly suspendedAccounts = new Set<string>();
  /** Instances that gates have launched, by id, the terminated ones too. */
  readonly gateInstances = new Map<string, SimGateInstance>();
  instanceBehaviour: InstanceBehaviour = {
    spotCapacity: true,
    interruptedAfterMinutes: null,
    scanMinutes: 30,
    scanStatus: 'SUCCESSFUL',
    boots: true,
    document: 'passes',
    documentMinutes: 5,
  };
  /** Runs of runbooks, by id. */
  readonly runbookRuns = new Map<string, SimRunbookRun>();
  /** Targets, as account/region, that forward no event; and accounts that the hub's bus does not take any from. */
  readonly silent = { targets: new Set<string>(), accounts: new Set<string>() };
  /** The organisation's units and roots by id. */
  readonly organization = new Map<string, OrganizationUnit>();
  /** The tags of accounts, as Organizations keeps them. */
  readonly accountTags = new Map<string, Readonly<Record<string, string>>>();
  /** The image that is being rolled out, by region; faults tell forward from back by it. */
  readonly newImage = new Map<string, string>();
  readonly stacks: SimStack[] = [];
  readonly stackById = new Map<string, SimStack>();
  /** Requests as sent, by `service.Operation`, retries included. */
  readonly counts = new Map<string, number>();
  /** Of those, throttled. */
  throttled = 0;
  /** Every request as its caller is about to send it; what it throws, the caller gets. */
  beforeRequest: ((service: string) => void) | undefined;
  /** Outages under way or to come, by the IAM prefix of a service; `undefined`: whatever is in the region. */
  readonly outages: { readonly service: string | undefined; readonly region: string; readonly until: number }[] = [];
  /** By how many milliseconds the clock of an account is ahead of ours. */
  readonly skews = new Map<string, number>();
  /** Targets, as account/region, whose events come in any order. */
  readonly disordered = new Set<string>();
  /** Every request that was let in, at the moment before it takes effect. */
  onRequest: ((call: Call) => void) | undefined;
  /** Every answer as the service gives it; refusals are none. */
  onAnswer: ((call: Call, output: object) => void) | undefined;
  /** Every request, once it is answered, in that order. */
  onCall: ((record: CallRecord) => void) | undefined;
  /** A policy evaluation: why the call is refused, or `undefined` to allow. Also asked for downstream actions. */
  authorize: ((call: Call, downstreamAction?: string) => string | undefined) | undefined;
  /** Whether a session may act downstream when it updates a stack that has no service role. */
  hasDownstreamRights: (roleArn: string | undefined) => boolean = () => true;
  /** Why a PutParameter is refused for good, if so; set by the fault `promoteFails`. */
  brokenParameter: ((call: Call, name: string, value: string) => SimulatedError | undefined) | undefined;
  /** Operations, as `service.Operation`, whose next request is refused. */
  readonly refusedOnce = new Set<string>();
  /** The role behind each access key id that AssumeRole handed out. */
  readonly sessions = new Map<string, string>();
  /** By account, then by region. */
  readonly #targets = new Map<string, Map<string, Target>>();
  readonly #apis = new Apis();
  readonly #events: EventDelivery;
  host: WorldHost;
  #ids = 0;

  constructor({ regions, accounts, random, host }: WorldInit) {
    this.regions = regions;
    this.accounts = accounts;
    this.random = random;
    this.retryRandom = random.fork('retry');
    this.host = host;
    this.#events = new EventDelivery(this, random.fork('events'));
    for (const [service, operations] of Object.entries(allServices(this))) this.register(service, operations);
  }

  get hubRegion(): string {
    return this.regions[0];
  }

  /** Adds or extends a service, by IAM prefix: how a runner brings, say, DynamoDB. */
  register(service: string, operations: Operations): void {
    this.#apis.register(service, operations);
  }

  /** The resources of one account in one region. */
  target(account: string, region: string): Target {
    let ofAccount = this.#targets.get(account);
    if (ofAccount === undefined) this.#targets.set(account, (ofAccount = new Map<string, Target>()));
    let target = ofAccount.get(region);
    if (target === undefined) ofAccount.set(region, (target = new Target(account, region)));
    return target;
  }

  /** Every account and region that was looked at. */
  targets(): Target[] {
    return [...this.#targets.values()].flatMap((ofAccount) => [...ofAccount.values()]);
  }

  /** Adds a stack; call in the order of names. */
  addStack(stack: SimStack): void {
    this.target(stack.account, stack.region).add(stack);
    this.stackById.set(stack.id, stack);
    this.stacks.push(stack);
  }

  /** Whether the account exists at all. */
  knows(account: string): boolean {
    return account === HUB_ACCOUNT || this.accounts.includes(account);
  }

  /** A number that no other resource of this world carries; ids are made of it. */
  nextId(): number {
    return ++this.#ids;
  }

  /** The last number that {@link nextId} gave. */
  get lastId(): number {
    return this.#ids;
  }

  /** Goes on after a number that was given in an earlier life of this world. */
  continueAfter(id: number): void {
    this.#ids = Math.max(this.#ids, id);
  }

  /** Sends an event on its way to the bus of its account and region. */
  publish(event: Omit<EventEnvelope, 'version' | 'id' | 'time'>, fate?: 'lost' | 'duplicated' | 'late'): void {
    this.#events.publish(event, fate);
  }

  /** Whether a service cannot be reached in a region now. */
  isOut(service: string, region: string): boolean {
    return this.outages.some(
      (outage) =>
        outage.region === region &&
        outage.until > Date.now() &&
        (outage.service === undefined ? !unaffected.has(service) : outage.service === service),
    );
  }

  /** One request, as a service answers it after its latency. Rejects with a {@link SimulatedError}. */
  async request(identity: ClientIdentity, operation: string, input: unknown, attempt: number): Promise<object> {
    const { service, account } = identity;
    // A client that outlives a run may still name the region of an earlier hub.
    const region = account !== HUB_ACCOUNT || this.regions.includes(identity.region) ? identity.region : this.hubRegion;
    const api = this.#apis.find(service, operation);
    this.beforeRequest?.(service);
    const roleArn = this.sessions.get(identity.accessKeyId);
    const skew = this.skews.get(account) ?? 0;
    const asked = shiftDates(input, -skew);
    const call: Call = { at: Date.now(), account, region, service, operation, input: asked, roleArn, attempt };
    this.counts.set(api.name, (this.counts.get(api.name) ?? 0) + 1);
    const refusal = this.#refusal(call, api.name);
    await pause(this.#latency(api, asked));
    try {
      if (refusal !== undefined) throw refusal;
      this.onRequest?.(call);
      const output = api.answer(asked as never, call);
      const value = output instanceof Promise ? await output : output;
      this.#record(call, 'ok');
      this.onAnswer?.(call, value);
      return shiftDates(value, skew);
    } catch (error) {
      this.#record(call, error instanceof Error ? error.name : String(error));
      throw error;
    }
  }

  #latency({ name, latency }: Api, input: unknown): number {
    if (name === 'cloudformation.DescribeStacks' && (input as { StackName?: string }).StackName === undefined) {
      return describeStacksPageLatency;
    }
    return latency;
  }

  /** Throttling is decided when the request arrives, rights when the account is reached. */
  #refusal(call: Call, api: string): SimulatedError | undefined {
    const target = this.target(call.account, call.region);
    if (!target.admit(api, call.at)) {
      this.throttled++;
      return throttled(call.service);
    }
    if (this.isOut(call.service, call.region))
      return new SimulatedError('ServiceUnavailable', `${call.service} is not available in ${call.region}.`, 503);
    if (this.suspendedAccounts.has(call.account)) {
      return denied(call.service, `Account ${call.account} is suspended and cannot be used.`);
    }
    const who = call.roleArn ?? `arn:aws:iam::${HUB_ACCOUNT}:role/hub`;
    if (target.faults.refusals > 0) {
      target.faults.refusals--;
      return denied(call.service, `User: ${who} is not authorized to perform: ${call.service}:${call.operation}`);
    }
    if (this.refusedOnce.delete(api))
      return denied(call.service, `User: ${who} is not authorized to perform: ${call.service}:${call.operation}`);
    const reason = this.authorize?.(call);
    return reason === undefined ? undefined : denied(call.service, reason);
  }

  #record(call: Call, outcome: string): void {
    if (this.onCall === undefined) return;
    const { at, account, region, service, operation, attempt } = call;
    this.onCall({
      at: Date.now(),
      sentAt: at,
      account,
      region,
      service,
      operation,
      subject: subjectOf(call.input),
      attempt,
      outcome,
    });
  }
}
