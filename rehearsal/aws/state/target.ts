import { bucketOf } from '../model.ts';
import { TokenBucket } from '../token-bucket.ts';
import type { SimAlarm } from './sim-alarm.ts';
import type { SimGroup } from './sim-group.ts';
import type { SimParameter } from './sim-parameter.ts';
import type { SimStack } from './sim-stack.ts';

/** What faults do to the requests of a target. */
export interface TargetFaults {
  /** Requests still to be throttled, by `service.Operation`. */
  readonly throttled: Map<string, number>;
  /** Requests still to be refused. */
  refusals: number;
}

/** One account in one region: its resources by every name they are asked for, its request buckets and counts. */
export class Target {
  readonly account: string;
  readonly region: string;
  /** By name, ascending: the order of pages. */
  readonly stacks: SimStack[] = [];
  readonly stackByName = new Map<string, SimStack>();
  readonly stackById = new Map<string, SimStack>();
  readonly groupByName = new Map<string, SimStack>();
  readonly readersOf = new Map<string, SimStack[]>();
  readonly parameters = new Map<string, SimParameter>();
  readonly alarms = new Map<string, SimAlarm>();
  readonly faults: TargetFaults = { throttled: new Map(), refusals: 0 };
  /** Requests so far by `service.Operation`. */
  readonly counts = new Map<string, number>();
  readonly #buckets = new Map<string, TokenBucket | undefined>();
  /** Where instances were found last; a stack's instances come and go, but none goes to another stack. */
  readonly #ownerOf = new Map<string, SimStack>();

  constructor(account: string, region: string) {
    this.account = account;
    this.region = region;
  }

  /** Puts another group in the place of the stack's. */
  replaceGroup(stack: SimStack, group: SimGroup): void {
    this.groupByName.delete(stack.group.name);
    stack.group = group;
    this.groupByName.set(group.name, stack);
  }

  /** Adds a stack; call in the order of names. */
  add(stack: SimStack): void {
    this.stacks.push(stack);
    this.stackByName.set(stack.name, stack);
    this.stackById.set(stack.id, stack);
    this.groupByName.set(stack.group.name, stack);
    const parameter = stack.imageParameterName;
    if (parameter === undefined) return;
    const readers = this.readersOf.get(parameter);
    if (readers === undefined) this.readersOf.set(parameter, [stack]);
    else readers.push(stack);
  }

  /** A stack by name or id. */
  stack(nameOrId: string): SimStack | undefined {
    return this.stackById.get(nameOrId) ?? this.stackByName.get(nameOrId);
  }

  /** The group of that name. */
  group(name: string): SimGroup | undefined {
    return this.groupByName.get(name)?.group;
  }

  /** The stacks that have any of these instances, in the order of the target's stacks. */
  ownersOf(ids: readonly string[]): readonly SimStack[] {
    const owners = new Set<SimStack>();
    for (const wanted of ids) {
      const has = ({ group }: SimStack): boolean => group.instances.some(({ id }) => id === wanted);
      const known = this.#ownerOf.get(wanted);
      // One that its stack has no more is nowhere.
      const owner = known === undefined ? this.stacks.find(has) : has(known) ? known : undefined;
      if (owner === undefined) continue;
      this.#ownerOf.set(wanted, owner);
      owners.add(owner);
    }
    return [...owners].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Counts a request and draws its token; `false` means it is throttled. */
  admit(api: string, now: number): boolean {
    this.counts.set(api, (this.counts.get(api) ?? 0) + 1);
    const forced = this.faults.throttled.get(api) ?? 0;
    if (forced > 0) {
      this.faults.throttled.set(api, forced - 1);
      return false;
    }
    return this.#bucket(api)?.take(now) ?? true;
  }

  #bucket(api: string): TokenBucket | undefined {
    if (this.#buckets.has(api)) return this.#buckets.get(api);
    const found = bucketOf(api);
    const bucket = found === undefined ? undefined : this.#shared(found.key, found.value);
    this.#buckets.set(api, bucket);
    return bucket;
  }

  #shared(key: string, rate: ConstructorParameters<typeof TokenBucket>[0]): TokenBucket {
    const shared = this.#buckets.get(key) ?? new TokenBucket(rate);
    this.#buckets.set(key, shared);
    return shared;
  }
}
