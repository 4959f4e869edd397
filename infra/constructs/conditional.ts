import { CfnResource, type CfnCondition } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Makes everything in the construct depend on the condition: CloudFormation creates it only where that holds. */
export const conditional = (construct: IConstruct, condition: CfnCondition): void => {
  for (const child of construct.node.findAll()) {
    if (CfnResource.isCfnResource(child)) child.cfnOptions.condition = condition;
  }
};
