import type { Operations } from '../call.ts';
import type { World } from '../world.ts';
import { autoScaling } from './auto-scaling.ts';
import { cloudFormation } from './cloudformation.ts';
import { cloudWatch } from './cloudwatch.ts';
import { ec2GateInstances } from './ec2-gate-instances.ts';
import { ec2Images } from './ec2-images.ts';
import { ec2Instances } from './ec2-instances.ts';
import { elasticLoadBalancing } from './elastic-load-balancing.ts';
import { eventBridge } from './eventbridge.ts';
import { lambda, states } from './hosted.ts';
import { imageBuilder } from './image-builder.ts';
import { inspector2 } from './inspector2.ts';
import { kms } from './kms.ts';
import { organizations } from './organizations.ts';
import { s3 } from './s3.ts';
import { sns } from './sns.ts';
import { ssmAutomation } from './ssm-automation.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';

/** Every simulated service by its IAM prefix. */
export const allServices = (world: World): Readonly<Record<string, Operations>> => ({
  autoscaling: autoScaling(world),
  cloudformation: cloudFormation(world),
  cloudwatch: cloudWatch(world),
  ec2: { ...ec2Images(world), ...ec2Instances(world), ...ec2GateInstances(world) },
  elasticloadbalancing: elasticLoadBalancing(world),
  events: eventBridge(world),
  imagebuilder: imageBuilder(world),
  inspector2: inspector2(world),
  kms: kms(world),
  lambda: lambda(world),
  organizations: organizations(world),
  s3: s3(world),
  sns: sns(world),
  ssm: { ...ssm(world), ...ssmAutomation(world) },
  states: states(world),
  sts: sts(world),
});
