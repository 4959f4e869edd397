import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What everything in AWS that belongs to the product is called, or begins with. */
export const product = 'ami-rollout';

/** The tag that everything of the product carries; its value is the product's name. Costs are found by it. */
export const productTag = `${product}:product`;

/** Dashboards cost nothing by tag, and not every checker of templates knows that they can have some. */
export const untagged = ['AWS::CloudWatch::Dashboard'] as const;

/**
 * The machines' names are fixed: handlers know the machines that call them, and a reference would be circular.
 * Alarms, dashboards and runbooks find them by these names, too.
 */
export const machineNames = { campaign: `${product}-campaign`, restore: `${product}-restore` } as const;
export type MachineName = (typeof machineNames)[keyof typeof machineNames];

/** The function of a handler: `claim-stack` → `ami-rollout-claim-stack`. */
export const functionName = (handler: string): string => `${product}-${handler}`;

/**
 * IAM path of the roles that handlers run as. The roles in member accounts trust this path and nothing else of the hub,
 * and the roles' names stay free to differ by region.
 */
export const rolePath = `/${product}/`;

/** The ARN that a machine will have, for what exists before it. */
export const machineArn = (scope: Construct, name: MachineName): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The ARN that a handler's function will have, for what exists before it. */
export const functionArn = (scope: Construct, handler: string): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName(handler),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The ARN of the hub's event bus, as seen from anywhere. */
export const busArn = (hub: { readonly account: string; readonly region: string }): string =>
  `arn:${Aws.PARTITION}:events:${hub.region}:${hub.account}:event-bus/${product}`;
