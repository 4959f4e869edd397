/**
 * Every number the simulated AWS runs on. They are our assumptions where AWS publishes none; tune them here and nowhere
 * else. Rates are per account and region, times in milliseconds unless a name says otherwise.
 */
export interface Rate {
  readonly perSecond: number;
  /** Requests that may come at once after a quiet time. */
  readonly burst: number;
}

const rate = (perSecond: number, burst = perSecond): Rate => ({ perSecond, burst });

/**
 * The buckets. A key is `service.Operation`, or `service.Prefix*` for operations that share one bucket. Operations
 * without a bucket are never throttled (S3 and SNS are far from their limits here).
 */
export const rates: Readonly<Record<string, Rate>> = {
  'cloudformation.DescribeStacks': rate(5),
  'cloudformation.UpdateStack': rate(1),
  'cloudformation.CreateChangeSet': rate(2),
  'cloudformation.DeleteChangeSet': rate(2),
  'cloudformation.DescribeChangeSet': rate(10),
  'cloudformation.ContinueUpdateRollback': rate(1),
  'cloudformation.RollbackStack': rate(1),
  'cloudformation.GetTemplate': rate(5),
  'cloudformation.DescribeEvents': rate(5),
  'cloudformation.DescribeStackEvents': rate(5),
  'ec2.Describe*': rate(20, 100),
  'ec2.Get*': rate(20, 100),
  'ec2.CreateTags': rate(10, 100),
  'ec2.DeleteTags': rate(10, 100),
  'ec2.*ImageDeregistrationProtection': rate(5, 10),
  'autoscaling.Describe*': rate(10),
  'elasticloadbalancing.Describe*': rate(10, 40),
  'autoscaling.StartInstanceRefresh': rate(5),
  'autoscaling.CancelInstanceRefresh': rate(5),
  'ssm.Get*': rate(40),
  'ssm.PutParameter': rate(3),
  'inspector2.List*': rate(10, 20),
  'cloudwatch.DescribeAlarms': rate(9),
  'cloudwatch.DescribeAlarmHistory': rate(20),
  'kms.DescribeKey': rate(2000),
  'organizations.List*': rate(8, 20),
  'cloudwatch.GetMetricData': rate(50),
  'sts.AssumeRole': rate(100),
  'states.StartExecution': rate(150, 800),
  'states.SendTask*': rate(300, 1500),
};

/** How long the answer to a request takes; `service.Operation` wins over `api`. */
export const latencies: Readonly<Record<string, number>> & { readonly api: number } = {
  api: 100,
  'lambda.Invoke': 0, // the invocation itself takes its time in the host
};

/** An unnamed DescribeStacks reads a page of up to 100 stacks and takes longer. */
export const describeStacksPageLatency = 250;

/** The SDK's own retry behaviour: the strategy `standard` of @smithy/core. */
export const sdkRetry = {
  maxAttempts: 3,
  baseDelay: 100,
  throttlingBaseDelay: 500,
  maximumDelay: 20_000,
};

/** Events arrive this much later, give or take the jitter: enough for two close ones to overtake each other. */
export const eventDelivery = { latency: 1_000, jitter: 500 };

export const cloudFormation = {
  /** Between UPDATE_COMPLETE_CLEANUP_IN_PROGRESS and UPDATE_COMPLETE. */
  cleanup: 600,
  /** An update that does not change the image. */
  plainUpdate: 30_000,
  /** From CreateChangeSet until the change set can be read. */
  changeSet: 5_000,
  /** After which the first resource that needs the image is tried, at most this and at most a quarter of the update. */
  firstLaunch: 30_000,
  /** Where in its time an update that is to fail does so. */
  failsAt: 0.5,
  /** A rollback takes as long as the update ran, and at least this. */
  minimumRollback: 30_000,
  pageSize: 100,
  /** Short ones show who forgets the others. */
  changesPageSize: 2,
};

export const autoScaling = {
  /** From launch to InService: at most this, and at most this share of an instance's turn. */
  warmup: 60_000,
  warmupShare: 0.4,
  /** A refresh whose instances never become healthy gives up. */
  refreshGivesUp: 60 * 60_000,
  cancelling: 20_000,
  defaultPageSize: 50,
  pageSize: 100,
};

/** From a launch into service until the load balancer's health checks have been passed, or failed often enough. */
export const targetGroup = { settles: 90_000 };

/** Pages have twenty at most and may be shorter; short ones show who forgets the others. */
export const organizations = { pageSize: 3 };

export const ec2 = { pageSize: 1_000 };

export const parameterStore = {
  /** PutParameter of data type aws:ec2:image answers at once; the new version is readable this much later. */
  imageValidation: 2_000,
  historyPageSize: 50,
};

export const faultTimes = {
  /** How long a foreign operation holds a stack (`stackBusy`). */
  foreignHold: 10 * 60_000,
  /** How long somebody else's update takes (`foreignUpdate`). */
  foreignUpdate: 2 * 60_000,
  lateEvent: 2 * 60 * 60_000,
  /** After which the second and third copy of a duplicated event come. */
  duplicates: [0, 3_000, 30_000] as readonly number[],
  throttledCalls: 20,
  /** How long a service or a region is out; an account's clock is wrong by so much. */
  outage: 10 * 60_000,
  skew: 4 * 60_000,
  /** Events that are put out of order come up to this much later. */
  disorder: 15 * 60_000,
  /** After the ring's start: the image goes away, a finding appears. After the bake's start: the alarm goes off. */
  intoRing: 1_000,
  intoBake: 60_000,
  /** After the campaign's end: a finding appears. */
  afterEnd: 60 * 60_000,
};

/** The patterns of `rates`, prepared once. */
const patterns = Object.entries(rates).map(([key, value]) => ({
  key,
  value,
  matches: new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '.*')}$`),
}));

/** The bucket an operation draws from: its key and rate, or `undefined` when it is never throttled. */
export const bucketOf = (api: string): { key: string; value: Rate } | undefined =>
  patterns.find(({ matches }) => matches.test(api));
