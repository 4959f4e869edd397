import type { ForwardingRule } from '../ports/forwarding.ts';

/** The events that a spoke forwards, by their source: what the hub waits for, and what starts campaigns. */
export const forwardedEvents: Readonly<Record<string, readonly string[]>> = {
  'aws.autoscaling': [
    'EC2 Auto Scaling Instance Refresh Succeeded',
    'EC2 Auto Scaling Instance Refresh Failed',
    'EC2 Auto Scaling Instance Refresh Cancelled',
    'EC2 Instance Launch Successful',
    'EC2 Instance Terminate Successful',
  ],
  'aws.cloudformation': ['CloudFormation Stack Status Change'],
  'aws.ec2': ['EC2 AMI State Change'],
  'aws.imagebuilder': ['EC2 Image Builder Image State Change'],
  'aws.inspector2': ['Inspector2 Scan', 'Inspector2 OnDemand Scan Complete', 'Inspector2 Finding'],
};

const listed = (pattern: string, field: string): readonly unknown[] => {
  try {
    const value = (JSON.parse(pattern) as Readonly<Record<string, unknown>>)[field];
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};

/** The events that no enabled rule of a target forwards, each as `source: detail type`. */
export const notForwarded = (rules: readonly ForwardingRule[]): readonly string[] => {
  const enabled = rules.filter((rule) => rule.enabled);
  return Object.entries(forwardedEvents).flatMap(([source, types]) =>
    types
      .filter(
        (type) =>
          !enabled.some(
            ({ pattern }) =>
              listed(pattern, 'source').includes(source) && listed(pattern, 'detail-type').includes(type),
          ),
      )
      .map((type) => `${source}: ${type}`),
  );
};
