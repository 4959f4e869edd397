import type { MetricKey } from '../../../contracts/monitoring/metrics.ts';
import { memoryTable } from '../../../adapters/table/memory-table.ts';
import { forwardedEvents } from '../../../domain/doctor/forwarded-events.ts';
import type { Configuration } from '../../../domain/configuration.ts';
import type { AlarmData, AlarmFacts, Alarms } from '../../../domain/ports/alarms.ts';
import type { Calendars, CalendarState } from '../../../domain/ports/calendars.ts';
import type { Forwarding } from '../../../domain/ports/forwarding.ts';
import type { Functions } from '../../../domain/ports/functions.ts';
import type { GateExecution, GateMachines } from '../../../domain/ports/gate-machines.ts';
import { InstanceRefused, type Instances, type LaunchOrder } from '../../../domain/ports/instances.ts';
import type { Metrics } from '../../../domain/ports/metrics.ts';
import type { Ports } from '../../../domain/ports/index.ts';
import type { CampaignStateChange } from '../../../contracts/events/campaign-state-change.ts';
import type { Notifications } from '../../../domain/ports/notifications.ts';
import type { Organization, OrganizationAccount } from '../../../domain/ports/organization.ts';
import type { PlanStore } from '../../../domain/ports/plan-store.ts';
import type { KeyFacts, Keys } from '../../../domain/ports/keys.ts';
import { RunbookRefused, type RunbookOutcome, type Runbooks } from '../../../domain/ports/runbooks.ts';
import type { Coverage, Finding, Scans } from '../../../domain/ports/scans.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { aConfiguration } from './configuration.ts';
import { fakeExecutions } from './executions.ts';
import { fakeGroups, fakeTargetGroups } from './groups.ts';
import { fakeImages } from './images.ts';
import { hub } from './names.ts';
import { fakeParameters } from './parameters.ts';
import { fakeStacks } from './stacks.ts';
import { testClock } from './test-clock.ts';

const fakeAlarms = () => {
  const fake = {
    calls: [] as string[],
    found: [] as readonly AlarmFacts[],
    red: [] as readonly string[],
    states: (_target: Target, names: readonly string[]) =>
      Promise.resolve(fake.found.filter(({ name }) => names.includes(name))),
    silent: [] as readonly AlarmData[],
    data: (target: Target, names: readonly string[], from: string, to: string) => {
      fake.calls.push(`data of ${targetName(target)} ${names.join(',')} from ${from} to ${to}`);
      return Promise.resolve(fake.silent.filter(({ name }) => names.includes(name)));
    },
    wentOff: (target: Target, names: readonly string[], since: string) => {
      fake.calls.push(`${targetName(target)} ${names.join(',')} since ${since}`);
      return Promise.resolve(fake.red.filter((name) => names.includes(name)));
    },
  };
  return fake satisfies Alarms;
};

const fakeCalendars = () => {
  const fake = {
    now: { open: true, changesAt: null, trouble: '' } as CalendarState,
    asked: [] as (readonly string[])[],
    state: (names: readonly string[]) => {
      fake.asked.push(names);
      return Promise.resolve(fake.now);
    },
  };
  return fake satisfies Calendars;
};

/** Every member forwards what it should, and the bus takes it. */
const fakeForwarding = () => {
  const fake = {
    patterns: Object.entries(forwardedEvents).map(([source, types]) => ({ source: [source], 'detail-type': types })),
    disabled: [] as readonly number[],
    policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Principal: { AWS: ['arn:aws:iam::100000000001:root', '100000000002'] },
        },
      ],
    }) as string | undefined,
    rules: (_target: Target) =>
      Promise.resolve(
        fake.patterns.map((pattern, index) => ({
          name: `rule-${index}`,
          enabled: !fake.disabled.includes(index),
          pattern: JSON.stringify(pattern),
        })),
      ),
    busPolicy: () => Promise.resolve(fake.policy),
  };
  return fake satisfies Forwarding;
};

const fakeFunctions = () => {
  const fake = {
    queued: [] as { functionName: string; payload: unknown }[],
    onCall: (_functionArn: string, _payload: unknown): Promise<unknown> => Promise.resolve({}),
    queue: (functionName: string, payload: unknown) => {
      fake.queued.push({ functionName, payload });
      return Promise.resolve();
    },
    call: (functionArn: string, payload: unknown) => fake.onCall(functionArn, payload),
  };
  return fake satisfies Functions;
};

const fakeGateMachines = () => {
  const fake = {
    started: [] as { machine: string; name: string; input: unknown }[],
    ended: undefined as GateExecution | undefined,
    start: (machine: string, name: string, input: unknown) => {
      if (!fake.started.some((one) => one.name === name)) fake.started.push({ machine, name, input });
      return Promise.resolve();
    },
    outcome: () => Promise.resolve(fake.ended),
  };
  return fake satisfies GateMachines;
};

/** Instances that launch at once; the same key launches once. */
const fakeInstances = () => {
  const fake = {
    launched: new Map<string, LaunchOrder & { readonly id: string }>(),
    gone: [] as string[],
    refusal: undefined as string | undefined,
    launch: (_target: Target, order: LaunchOrder) => {
      if (fake.refusal !== undefined) return Promise.reject(new InstanceRefused(fake.refusal));
      const known = fake.launched.get(order.key) ?? { ...order, id: `i-0000000000000000${fake.launched.size + 1}` };
      fake.launched.set(order.key, known);
      return Promise.resolve({ id: known.id, market: 'spot' as const });
    },
    list: () => Promise.resolve([...fake.launched.values()].filter(({ id }) => !fake.gone.includes(id))),
    terminate: (_target: Target, ids: readonly string[]) => {
      fake.gone.push(...ids);
      return Promise.resolve();
    },
  };
  return fake satisfies Instances;
};

/** Every image is under one key of the hub, which can be used everywhere. */
const fakeKeys = () => {
  const fake = {
    calls: [] as string[],
    arns: ['arn:aws:kms:eu-west-1:111122223333:key/1'] as readonly string[] | null,
    ofImage: (target: Target, imageId: string) => {
      fake.calls.push(`ofImage ${targetName(target)} ${imageId}`);
      return Promise.resolve(fake.arns);
    },
    /** By account; the others see a key that is enabled. */
    seen: {} as Record<string, KeyFacts | 'refused' | 'missing' | Error>,
    find: (target: Target, keyArn: string) => {
      fake.calls.push(`find ${targetName(target)} ${keyArn}`);
      const found = fake.seen[target.account] ?? { state: 'Enabled', managedByAws: false };
      if (found instanceof Error) return Promise.reject(found);
      return Promise.resolve(found === 'missing' ? undefined : found);
    },
  };
  return fake satisfies Keys;
};

/** Runs of runbooks; the same key starts once. */
const fakeRunbooks = () => {
  const fake = {
    started: [] as { runbook: string; instanceId: string; key: string }[],
    refusal: undefined as string | undefined,
    now: { state: 'running' } as RunbookOutcome | undefined,
    start: (runbook: string, instanceId: string, key: string) => {
      if (fake.refusal !== undefined) return Promise.reject(new RunbookRefused(fake.refusal));
      if (!fake.started.some((one) => one.key === key)) fake.started.push({ runbook, instanceId, key });
      return Promise.resolve(`run-${fake.started.findIndex((one) => one.key === key) + 1}`);
    },
    outcome: () => Promise.resolve(fake.now),
  };
  return fake satisfies Runbooks;
};

const fakeMetrics = () => {
  const fake = {
    measured: [] as { readonly metric: MetricKey; readonly value: number; readonly dimensions: object }[],
    put: (metric: MetricKey, value: number, dimensions: object) => {
      fake.measured.push({ metric, value, dimensions });
    },
  };
  return fake satisfies Metrics;
};

const fakeNotifications = () => {
  const fake = {
    published: [] as CampaignStateChange[],
    publish: (change: CampaignStateChange) => {
      fake.published.push(change);
      return Promise.resolve();
    },
  };
  return fake satisfies Notifications;
};

/** Documents come back as JSON would bring them. */
const fakePlanStore = () => {
  const fake = {
    bucket: 'plans',
    documents: new Map<string, string>(),
    put: (key: string, document: unknown) => {
      fake.documents.set(key, JSON.stringify(document));
      return Promise.resolve();
    },
    putText: (key: string, text: string, _contentType: string) => {
      fake.documents.set(key, text);
      return Promise.resolve();
    },
    getText: (key: string) => {
      const text = fake.documents.get(key);
      return text === undefined ? Promise.reject(new Error(`no ${key}`)) : Promise.resolve(text);
    },
    get: async (key: string) => JSON.parse(await fake.getText(key)) as unknown,
  };
  return fake satisfies PlanStore;
};

const fakeScans = () => {
  const fake = {
    now: { state: 'finished', reason: '', scannedAt: '2026-11-22T11:00:00.000Z' } as Coverage,
    found: [] as readonly Finding[],
    coverage: (_target: Target, _id: string) => Promise.resolve(fake.now),
    findings: (_target: Target, _id: string) => Promise.resolve(fake.found),
  };
  return fake satisfies Scans;
};

const fakeOrganization = () => {
  const fake = {
    /** By unit; `''` is the whole organisation. */
    below: {} as Record<string, readonly OrganizationAccount[]>,
    tagged: {} as Record<string, Readonly<Record<string, string>>>,
    /** Accounts whose tags were asked for. */
    asked: [] as string[],
    accounts: (unit: string | null) => Promise.resolve(fake.below[unit ?? ''] ?? []),
    tags: (account: string) => {
      fake.asked.push(account);
      return Promise.resolve(fake.tagged[account] ?? {});
    },
  };
  return fake satisfies Organization;
};

/** Every port in memory; a use case takes the ones it needs, a test looks at the rest. */
export const aWorld = (over: Partial<Configuration> = {}) => {
  const configuration = aConfiguration(over);
  return {
    acting: (_: string, work) => work(),
    alarms: fakeAlarms(),
    calendars: fakeCalendars(),
    clock: testClock(),
    configuration: () => configuration,
    executions: fakeExecutions(),
    forwarding: fakeForwarding(),
    functions: fakeFunctions(),
    gateMachines: fakeGateMachines(),
    groups: fakeGroups(),
    images: fakeImages(),
    instances: fakeInstances(),
    keys: fakeKeys(),
    metrics: fakeMetrics(),
    notifications: fakeNotifications(),
    organization: fakeOrganization(),
    parameters: fakeParameters(),
    planStore: fakePlanStore(),
    runbooks: fakeRunbooks(),
    scans: fakeScans(),
    stacks: fakeStacks(),
    surroundings: () => ({
      hub,
      campaignMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:campaign',
      restoreMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:restore',
      claimFunctionName: 'claim-stack',
      askGateFunctionName: 'ask-custom-gate',
      endInstancesFunctionName: 'end-gate-instances',
      inspectFunctionName: 'inspect-stacks',
      writeTagsFunctionName: 'write-image-tags',
      answerGateFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-answer-custom-gate',
    }),
    table: memoryTable(),
    targetGroups: fakeTargetGroups(),
  } satisfies Ports;
};
export type World = ReturnType<typeof aWorld>;
