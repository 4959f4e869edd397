/** The IAM prefix of each SDK service id; it names the service in counts, logs and refusals. */
const prefixes: Readonly<Record<string, string>> = {
  'Auto Scaling': 'autoscaling',
  'Elastic Load Balancing v2': 'elasticloadbalancing',
  EventBridge: 'events',
  SFN: 'states',
};

/** `CloudFormation` → `cloudformation`, `Auto Scaling` → `autoscaling`, `SFN` → `states`. */
export const servicePrefix = (serviceId: string): string => prefixes[serviceId] ?? serviceId.toLowerCase();
