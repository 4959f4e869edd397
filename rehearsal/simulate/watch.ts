import type { UpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import type { Configuration } from '../../domain/configuration.ts';
import { sha256 } from '../../domain/hash.ts';
import type { Attributes, Key, Table } from '../../domain/ports/table.ts';
import type { AuditEntry } from '../../domain/records/audit-entry.ts';
import type { Campaign } from '../../domain/records/campaign.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import type { Call } from '../aws/call.ts';
import { checkUpdatable } from '../aws/cloudformation/check-updatable.ts';
import { IMAGE_PARAMETER, type SimStack } from '../aws/state/sim-stack.ts';
import type { Target } from '../aws/state/target.ts';
import type { World } from '../aws/world.ts';
import type { RehearsalReport } from '../report/rehearsal-report.ts';
import type { Progress } from '../run/progress.ts';
import type { Run } from '../run/run.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { Hooks, ImageWrite, Rule, Simulated } from './simulated.ts';

/** A rule that was broken, and how; times are minutes since the start. */
export interface Violation {
  readonly rule: number;
  readonly atMinutes: number;
  readonly how: string;
}

const stackOperations = new Set(['UpdateStack', 'ContinueUpdateRollback', 'RollbackStack']);

const stackKey = (campaignId: string, stackId: string): string => `${campaignId}\0${stackId}`;

const isRefused = (stack: SimStack): boolean => {
  try {
    checkUpdatable(stack);
    return false;
  } catch {
    return true;
  }
};

/** The image that an update asks for: the parameter's value, or what the SSM parameter that it names holds now. */
const broughtBy = ({ input }: Call, target: Target, stack: SimStack): string | undefined => {
  const { Parameters = [] } = input as UpdateStackCommandInput;
  const given = Parameters.find(({ ParameterKey }) => ParameterKey === IMAGE_PARAMETER)?.ParameterValue;
  const name = stack.imageParameterName;
  return name === undefined ? given : target.parameters.get(name)?.current(Date.now())?.value;
};

/** Follows one run and tells the rules what happens. */
export class Watch {
  readonly violations: Violation[] = [];
  readonly #rules: readonly Rule[];
  readonly #hooks: Hooks[] = [];
  /** How often each rule was told of something that it looks at, by its number. */
  readonly checks = new Map<number, number>();
  readonly #campaigns = new Map<string, Campaign>();
  readonly #records = new Map<string, StackRecord>();
  readonly #items = new Map<string, Attributes>();
  readonly #audit: AuditEntry[] = [];
  readonly #campaignOf = new Map<string, string>();
  #startedAt = 0;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Begins to watch; before anything happens. */
  begin(run: Run, scenario: Scenario, configuration: Configuration): void {
    const { world, images } = run.scenarioWorld;
    this.#startedAt = run.startedAt;
    const news = new Set([...images.new.values(), ...images.later.values()]);
    const simulated: Simulated = {
      run,
      world,
      scenario,
      configuration,
      campaigns: this.#campaigns,
      audit: this.#audit,
      record: (campaignId, stackId) => this.#records.get(stackKey(campaignId, stackId)),
      recordsOf: (stackId) => [...this.#records.values()].filter((record) => record.stackId === stackId),
      recordsIn: (campaignId) => [...this.#records.values()].filter((record) => record.campaignId === campaignId),
      isNew: (image) => news.has(image),
    };
    for (const rule of this.#rules) {
      const hooks = rule.watch(simulated, (how) => this.violated(rule.number, how));
      this.#hooks.push(this.#counted(rule.number, hooks));
    }
    world.onRequest = (call) => this.#requested(world, simulated, call);
  }

  #counted(rule: number, hooks: Hooks): Hooks {
    this.checks.set(rule, 0);
    const counted = Object.entries(hooks).map(([name, hook]) => [
      name,
      (...told: readonly unknown[]): void => {
        this.checks.set(rule, (this.checks.get(rule) ?? 0) + 1);
        (hook as (...args: readonly unknown[]) => void)(...told);
      },
    ]);
    return Object.fromEntries(counted) as Hooks;
  }

  /** Notes a broken rule. */
  violated(rule: number, how: string): void {
    this.violations.push({ rule, atMinutes: Math.round((Date.now() - this.#startedAt) / 600) / 100, how });
  }

  progress(progress: Progress): void {
    for (const hooks of this.#hooks) hooks.progress?.(progress);
  }

  end(report: Omit<RehearsalReport, 'eventLogSha256'>): void {
    for (const hooks of this.#hooks) hooks.end?.(report);
  }

  /** The table, telling what every write has made of its items. */
  table(table: Table): Table {
    const look = async (keys: readonly Key[]): Promise<void> => {
      // The memory table answers with what it held when it was asked, which is now.
      const items = await Promise.all(keys.map((key) => table.get(key)));
      keys.forEach((key, index) => this.#stored(key, items[index]));
    };
    const after = async <T>(result: Promise<T>, ...keys: readonly Key[]): Promise<T> => {
      const looked = look(keys);
      try {
        return await result;
      } finally {
        await looked;
      }
    };
    return {
      get: (key) => table.get(key),
      query: (query) => table.query(query),
      put: (key, ...rest) => after(table.put(key, ...rest), key),
      update: (key, ...rest) => after(table.update(key, ...rest), key),
      delete: (key, ...rest) => after(table.delete(key, ...rest), key),
      transact: (writes) => after(table.transact(writes), ...writes.map(({ key }) => key)),
      putAll: (items) => after(table.putAll(items), ...items.map(({ key }) => key)),
    };
  }

  #stored(key: Key, item: Attributes | undefined): void {
    const name = `${key.pk}\0${key.sk}`;
    const before = this.#items.get(name);
    if (before === item) return;
    if (item === undefined) this.#items.delete(name);
    else this.#items.set(name, item);
    // First the state that the hooks look at, then the hooks.
    if (key.pk.startsWith('AUDIT#') && item !== undefined) this.#audit.push(item as unknown as AuditEntry);
    const campaign =
      key.sk === 'CAMPAIGN' && key.pk.startsWith('CAMPAIGN#') ? (item as Campaign | undefined) : undefined;
    const record =
      key.pk.startsWith('CAMPAIGN#') && key.sk.startsWith('STACK#') ? (item as StackRecord | undefined) : undefined;
    if (campaign) {
      this.#campaigns.set(campaign.campaignId, campaign);
      this.#campaignOf.set(sha256(campaign.campaignId).slice(0, 12), campaign.campaignId);
    }
    if (record) this.#records.set(stackKey(record.campaignId, record.stackId), record);
    for (const hooks of this.#hooks) {
      hooks.stored?.(key, item, before);
      if (campaign) hooks.campaign?.(campaign, before as Campaign | undefined);
      if (record) hooks.record?.(record, before as StackRecord | undefined);
    }
  }

  #requested(world: World, simulated: Simulated, call: Call): void {
    for (const hooks of this.#hooks) hooks.called?.(call);
    const write = this.#writeOf(world, simulated, call);
    if (write !== undefined) for (const hooks of this.#hooks) hooks.write?.(write);
  }

  #writeOf(world: World, { isNew, recordsOf }: Simulated, call: Call): ImageWrite | undefined {
    const target = world.target(call.account, call.region);
    const input = call.input as Readonly<Record<string, string | undefined>>;
    const at = Date.now();
    // The image before may be one of ours as well, that of an earlier campaign.
    const isRestoring = (stacks: readonly SimStack[]): boolean =>
      stacks.some(({ id }) => recordsOf(id).some(({ status }) => status === 'restoring'));
    if (call.service === 'cloudformation' && stackOperations.has(call.operation)) {
      const stack = target.stack(input['StackName'] ?? '');
      if (stack === undefined) return undefined;
      const token = input['ClientRequestToken'];
      const [, hash = '', way] = /^ar-([0-9a-f]{12})-[0-9a-f]{20}-([fr])\d+$/.exec(token ?? '') ?? [];
      const repeated = stack.operations.some((operation) => operation.token === token);
      return {
        at,
        call,
        stacks: [stack],
        direction: way === 'f' ? 'forward' : 'restore',
        image: call.operation === 'UpdateStack' ? broughtBy(call, target, stack) : undefined,
        token,
        campaignId: this.#campaignOf.get(hash),
        idle: repeated || (call.operation === 'UpdateStack' && isRefused(stack)),
      };
    }
    if (call.service === 'ssm' && call.operation === 'PutParameter') {
      const name = input['Name'] ?? '';
      const stacks = target.readersOf.get(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(name)?.[1] ?? name) ?? [];
      if (stacks.length === 0) return undefined;
      const direction = isNew(input['Value'] ?? '') && !isRestoring(stacks) ? 'forward' : 'restore';
      return {
        at,
        call,
        stacks,
        direction,
        image: input['Value'],
        token: undefined,
        campaignId: undefined,
        idle: false,
      };
    }
    if (call.service === 'autoscaling' && call.operation === 'StartInstanceRefresh') {
      const stack = target.groupByName.get(input['AutoScalingGroupName'] ?? '');
      if (stack === undefined) return undefined;
      const direction = isNew(stack.group.launchImage) && !isRestoring([stack]) ? 'forward' : 'restore';
      const image = stack.group.launchImage;
      return { at, call, stacks: [stack], direction, image, token: undefined, campaignId: undefined, idle: false };
    }
    return undefined;
  }
}
