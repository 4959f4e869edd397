import { CfnResource } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { memberAccounts } from '../member-accounts.ts';
import { product } from '../names.ts';

/** The services whose events members forward; nobody but AWS can send events of these sources. */
const forwardedSources = [
  'aws.autoscaling',
  'aws.cloudformation',
  'aws.ec2',
  'aws.imagebuilder',
  'aws.inspector2',
] as const;

/**
 * The bus that member accounts, and the hub's own account in other regions, forward their events to. Task tokens are good
 * in the hub only, so all events must come here.
 */
export class MemberBus extends EventBus {
  constructor(scope: Construct, id: string, configuration: Pick<Configuration, 'hub' | 'targets'>) {
    super(scope, id, { eventBusName: product });
    const { organization } = configuration.targets;
    const members = memberAccounts(configuration);
    if (members.length > 0) this.#admit('Members', { AWS: members }, {});
    if (organization !== null) this.#admit('Organization', '*', { 'aws:PrincipalOrgID': organization.id });
  }

  /** Lets accounts send the events that are acted on. */
  #admit(id: string, principal: unknown, condition: Readonly<Record<string, string>>): void {
    // Not by `addToResourcePolicy`: its construct warns of a deprecated property at every synthesis.
    new CfnResource(this, id, {
      type: 'AWS::Events::EventBusPolicy',
      properties: {
        EventBusName: this.eventBusName,
        StatementId: id,
        Statement: {
          Sid: id,
          Effect: 'Allow',
          Principal: principal,
          Action: 'events:PutEvents',
          Resource: this.eventBusArn,
          Condition: { StringEquals: { 'events:source': forwardedSources, ...condition } },
        },
      },
    });
  }
}
