import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { kebabCase, type Contract } from '../../contracts/contract.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { functionArn, functionName, machineArn, machineNames } from '../names.ts';
import { handler, handlerNames, type HandlerName } from '../handlers.ts';
import type { Handler, Uses } from '../handlers/handler.ts';
import { calendarRights } from '../rights/calendar-rights.ts';
import { executionRights } from '../rights/execution-rights.ts';
import { forwardingRights } from '../rights/forwarding-rights.ts';
import { functionRights } from '../rights/function-rights.ts';
import { imageRights } from '../rights/image-rights.ts';
import { instanceRights } from '../rights/instance-rights.ts';
import { organizationRights } from '../rights/organization-rights.ts';
import { allow, type Right } from '../rights/right.ts';
import { runbookRights } from '../rights/runbook-rights.ts';
import { targetRights } from '../rights/target-rights.ts';
import type { BootRunbooks } from './boot-runbooks.ts';
import type { CampaignTable } from './campaign-table.ts';
import { configurationPath, type HandlerCode } from './handler-code.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Quarters } from './instance-quarters.ts';
import { MemberAccess } from './member-access.ts';
import type { NotificationTopic } from './notification-topic.ts';
import type { PlanBucket } from './plan-bucket.ts';
import type { ProductKey } from './product-key.ts';

export interface HandlerFunctionsProps {
  readonly configuration: Configuration;
  readonly code: HandlerCode;
  readonly key: ProductKey;
  readonly table: CampaignTable;
  readonly plans: PlanBucket;
  readonly notices: NotificationTopic;
  /** Where gates launch instances; undefined where none does. */
  readonly quarters: Quarters | undefined;
  /** What boot checks run; undefined where there is none. */
  readonly runbooks: BootRunbooks | undefined;
}

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Whether a handler works in the accounts of the stacks. */
const entersTargets = ({ alarms, groups, keys, parameters, stacks }: Uses): boolean =>
  [alarms, groups, keys, parameters, stacks].some((calls) => calls !== undefined);

/** Asks the accounts that build images what they have built. */
const entersBuilders = ({ images }: Uses): boolean => images?.includes('fromImageBuilder') ?? false;

/** Parameters that belong to no account of ours. */
const publicParameters: Right = {
  actions: ['ssm:GetParameter'],
  resources: [`arn:${Aws.PARTITION}:ssm:*::parameter/aws/service/*`],
  because: 'Public parameters have no account; which one is read depends on the operating system asked for.',
};

/** The functions of all handlers, each with the rights for what it uses and the variables it reads. */
export class HandlerFunctions extends Construct {
  readonly #functions: ReadonlyMap<string, HandlerFunction>;

  constructor(scope: Construct, id: string, props: HandlerFunctionsProps) {
    super(scope, id);
    const everywhere = {
      HUB_ACCOUNT: props.configuration.hub.account,
      TABLE: props.table.address,
      ROLLOUT_CONFIGURATION: configurationPath,
      CAMPAIGN_MACHINE_ARN: machineArn(this, machineNames.campaign),
      RESTORE_MACHINE_ARN: machineArn(this, machineNames.restore),
      CLAIM_FUNCTION_NAME: functionName('claim-stack'),
      ASK_GATE_FUNCTION_NAME: functionName('ask-custom-gate'),
      END_INSTANCES_FUNCTION_NAME: functionName('end-gate-instances'),
      WRITE_TAGS_FUNCTION_NAME: functionName('write-image-tags'),
      INSPECT_FUNCTION_NAME: functionName('inspect-stacks'),
      ANSWER_GATE_FUNCTION_ARN: functionArn(this, 'answer-custom-gate'),
    };
    const members = new MemberAccess(this, 'Members', props.configuration);
    this.#functions = new Map(
      handlerNames.map((name) => {
        const { uses } = handler(name);
        const made = new HandlerFunction(this, pascalCase(name), {
          handler: name,
          code: props.code(name),
          environment: {
            ...everywhere,
            ...(uses.planStore && { PLAN_BUCKET: props.plans.bucketName }),
            ...(uses.instances &&
              props.quarters && {
                INSTANCE_SUBNET: props.quarters.subnetId,
                INSTANCE_SECURITY_GROUPS: props.quarters.securityGroupIds.join(','),
                INSTANCE_PROFILE_ARN: props.quarters.profileArn,
              }),
            ...(uses.runbooks && props.runbooks && { RUNBOOK_ROLE_ARN: props.runbooks.roleArn }),
            ...(uses.notifications && { TOPIC_ARN: props.notices.topicArn }),
          },
          key: props.key,
          logDays: props.configuration.retention.logDays,
        });
        allow(made.executionRole, this.#rights(handler(name), props));
        if (entersTargets(uses) || entersBuilders(uses)) members.grant(made.executionRole);
        return [name, made];
      }),
    );
  }

  /** The function of a handler. */
  of(name: HandlerName): HandlerFunction {
    const found = this.#functions.get(name);
    if (found === undefined) throw new Error(`there is no handler ${name}: add it to infra/handlers/`);
    return found;
  }

  /** The function that serves a contract: the one of the same name. */
  functionFor(contract: Contract): HandlerFunction {
    return this.of(kebabCase(contract.name) as HandlerName);
  }

  /** The functions that somebody queues calls for, and whose failures are kept. */
  get queued(): readonly HandlerFunction[] {
    return [...this.#functions.values()].filter(({ failures }) => failures !== undefined);
  }

  #rights(
    of: Handler,
    { configuration, table, plans, notices, quarters, runbooks }: HandlerFunctionsProps,
  ): readonly Right[] {
    const { uses } = of;
    const { hub, targets } = configuration;
    const here = { partition: Aws.PARTITION, account: hub.account };
    // The hub's own account is no member: handlers act there with their own rights.
    const isTarget = targets.list.some(({ account }) => account === hub.account);
    return [
      ...table.rights(uses.table),
      ...plans.rights(uses.planStore),
      ...notices.rights(uses.notifications),
      ...executionRights(this, of),
      ...forwardingRights(here, uses, configuration),
      ...functionRights(this, of, configuration),
      ...calendarRights(here, uses.calendars, configuration),
      ...imageRights(here, uses),
      ...instanceRights({ ...here, region: hub.region }, uses, quarters),
      ...runbookRights({ ...here, region: hub.region }, uses, runbooks),
      ...organizationRights(configuration, uses),
      ...(of.publicParameters === true ? [publicParameters] : []),
      ...(entersTargets(uses) && isTarget ? targetRights(here, uses) : []),
    ];
  }
}
