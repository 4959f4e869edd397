import { join } from 'node:path';
import { Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { campaign } from '../../statemachines/campaign.ts';
import { restore } from '../../statemachines/restore.ts';
import { parseConfiguration, type RolloutInput } from '../config.ts';
import { featureFlags } from '../feature-flags.ts';
import { bootChecks, needsInstances } from '../gate-instances.ts';
import { machineNames, product, productTag, untagged } from '../names.ts';
import { Alarms } from './alarms.ts';
import { BootRunbooks } from './boot-runbooks.ts';
import { CampaignTable } from './campaign-table.ts';
import { ConsoleApi } from './console-api.ts';
import { ConsoleSecret } from './console-secret.ts';
import { CostBudget } from './cost-budget.ts';
import { Dashboard } from './dashboard.ts';
import { DrillSchedule } from './drill-schedule.ts';
import { GateAnswers } from './gate-answers.ts';
import { bundledCode, type HandlerCode } from './handler-code.ts';
import { HandlerFunctions } from './handler-functions.ts';
import { InstanceQuarters } from './instance-quarters.ts';
import { Machine } from './machine.ts';
import { NotificationTopic } from './notification-topic.ts';
import { PlanBucket } from './plan-bucket.ts';
import { ProductKey } from './product-key.ts';
import { SlackChannel } from './slack-channel.ts';
import { Triggers } from './triggers.ts';

/** What `AmiRollout` is made from. */
export interface AmiRolloutProps {
  /** What `rollout.config.ts` exports, or a configuration that `parseConfiguration` has checked. */
  readonly config: RolloutInput | Configuration;
  /**
   * Gives each handler's code. `stubCode` makes a synthesis in a test quick.
   * @default - all handlers are bundled by one call of esbuild
   */
  readonly code?: HandlerCode;
}

/** Families are a record in the file and a list once it is checked. */
const isChecked = (config: RolloutInput | Configuration): config is Configuration => Array.isArray(config.families);

/** Machines, functions and the bus have fixed names: two of them in one account and region would meet at deployment. */
const requireOne = (construct: Construct): void => {
  const other = Stack.of(construct)
    .node.findAll()
    .find((one) => one instanceof AmiRollout && one !== construct);
  if (other !== undefined)
    throw new Error(
      `${construct.node.path}: there is an AmiRollout in this stack already (${other.node.path}); one serves any number of families and targets, so add them to its config`,
    );
};

const requirePlace = (construct: Construct, hub: Configuration['hub']): void => {
  const { account, region, node } = Stack.of(construct);
  for (const [field, wanted, actual] of [
    ['account', hub.account, account],
    ['region', hub.region, region],
  ] as const)
    if (!Token.isUnresolved(actual) && actual !== wanted)
      throw new Error(
        `${construct.node.path}: config.hub.${field} is ${wanted}, but stack ${node.path} is in ${actual}; give the stack \`env: config.hub\``,
      );
};

/** The flags for resources, which any part of the tree may set; those of the core are for whole apps. */
const resourceFlags = (): readonly (readonly [string, unknown])[] =>
  Object.entries(featureFlags()).filter(([flag]) => !flag.startsWith('@aws-cdk/core:'));

/**
 * The whole product for the hub account: the two state machines, their functions, the table, the API, triggers and alarms.
 * One for an account and region. The other accounts and regions need a spoke each: `addSpokes`.
 *
 * ```ts
 * const rollout = new AmiRollout(stack, 'Rollout', { config });
 * new CfnOutput(stack, 'ConsoleUrl', { value: rollout.consoleUrl });
 * ```
 */
export class AmiRollout extends Construct {
  /** The configuration with every default filled in. */
  readonly configuration: Configuration;
  /** Start an execution to start a campaign. */
  readonly campaignMachine: IStateMachine;
  /** Start an execution to put a campaign back. */
  readonly restoreMachine: IStateMachine;
  /** The pages, if there are any, and the API: people below /api, signed requests below /machine. */
  readonly consoleUrl: string;
  /** For the roles of people and pipelines that call /machine. */
  readonly operatorPolicy: IManagedPolicy;
  /** For the roles of custom gates that answer later. */
  readonly gateAnswererPolicy: IManagedPolicy;
  /** Name of the table of campaigns, stack records and decisions. */
  readonly tableName: string;
  /** Inventories, plans and reports. */
  readonly planBucket: IBucket;
  /** Subscribe to be told of approvals, outcomes and alarms. */
  readonly topic: ITopic;
  /** Member accounts forward their events to it. */
  readonly bus: IEventBus;

  constructor(scope: Construct, id: string, { config, code }: AmiRolloutProps) {
    super(scope, id);
    const configuration = isChecked(config) ? config : parseConfiguration(config, 'config');
    this.configuration = configuration;
    requireOne(this);
    requirePlace(this, configuration.hub);
    // What was tested is what is deployed, whatever flags the app around it has.
    for (const [flag, value] of resourceFlags()) this.node.setContext(flag, value);

    const { retention, notifications, monthlyBudgetUsd } = configuration;
    const key = new ProductKey(this, 'Key');
    const table = new CampaignTable(this, 'Table', key);
    const plans = new PlanBucket(this, 'Plans', key, retention);
    const notices = new NotificationTopic(this, 'Notifications', key, notifications.emails);
    const quarters = needsInstances(configuration)
      ? new InstanceQuarters(this, 'InstanceQuarters', configuration.gates.instances)
      : undefined;
    const runbooks =
      bootChecks(configuration).length > 0 ? new BootRunbooks(this, 'BootRunbooks', configuration) : undefined;
    const functions = new HandlerFunctions(this, 'Handlers', {
      configuration,
      code: code ?? bundledCode(configuration, this.#bundleFolder()),
      key,
      table,
      plans,
      notices,
      quarters,
      runbooks,
    });
    this.tableName = table.tableName;
    this.planBucket = plans as IBucket;
    this.topic = notices;

    const settings = { configuration, planBucket: this.planBucket };
    const machine = (machineId: string, name: keyof typeof machineNames, build: typeof campaign): Machine =>
      new Machine(this, machineId, {
        name: machineNames[name],
        functions,
        build: (workflow) => build(workflow, settings),
        logDays: retention.logDays,
      });
    const machines = {
      campaign: machine('Campaign', 'campaign', campaign),
      restore: machine('Restore', 'restore', restore),
    };
    this.campaignMachine = machines.campaign;
    this.restoreMachine = machines.restore;

    this.bus = new Triggers(this, 'Triggers', { configuration, functions }).bus as IEventBus;
    if (configuration.drill.schedule !== null)
      new DrillSchedule(this, 'Drills', { drill: configuration.drill, schedule: configuration.drill.schedule });
    const api = new ConsoleApi(this, 'Console', { configuration, handler: functions.of('console') });
    this.consoleUrl = api.url;
    this.operatorPolicy = api.policy;
    if ((configuration.console.oidc?.clientId ?? null) !== null)
      new ConsoleSecret(this, 'ConsoleSecret', { handler: functions.of('console'), key });
    this.gateAnswererPolicy = new GateAnswers(this, 'GateAnswers', {
      configuration,
      answer: functions.of('answer-custom-gate'),
    }).policy;
    if (notifications.slack !== null) new SlackChannel(this, 'Slack', { slack: notifications.slack, key });
    const { alarms } = new Alarms(this, 'Alarms', { configuration, ...machines, functions, topic: this.topic });
    new Dashboard(this, 'Dashboard', { ...machines, functions, alarms });
    if (monthlyBudgetUsd !== null) new CostBudget(this, 'Costs', monthlyBudgetUsd, this.topic);
    Tags.of(this).add(productTag, product, { excludeResourceTypes: [...untagged] });
  }

  /** A folder of its own beside the app's assets: two of them in one app have two configurations. */
  #bundleFolder(): string {
    const stage = Stage.of(this);
    if (stage === undefined) throw new Error(`${this.node.path}: AmiRollout belongs into a stack of a CDK app`);
    return join(stage.assetOutdir, `handlers-${this.node.addr}`);
  }
}
