/** The namespace in CloudWatch of everything that the product measures. */
export const metricNamespace = 'ami-rollout';

/** The value of dimension `service`, which every metric has beside its own. */
export const metricService = 'ami-rollout';

/** Shares of a fleet's instances whose time is measured, in percent. */
export const adoptionShares = [50, 90, 100] as const;
export type AdoptionShare = (typeof adoptionShares)[number];

/** How CloudWatch names a metric and what tells its series apart. */
interface MetricShape {
  readonly name: string;
  readonly unit: 'Seconds' | 'Count' | 'Percent' | 'None';
  readonly dimensions: readonly ('family' | 'gate' | 'outcome' | 'share')[];
}

/**
 * Everything that is measured. What is measured by family is measured without it as well, over all families. Handlers, dashboard and
 * alarms name metrics by this list and nothing else.
 */
export const metrics = {
  /** From a campaign's start to its end; of campaigns that have moved stacks. */
  campaignDuration: { name: 'CampaignDuration', unit: 'Seconds', dimensions: ['family'] },
  /** One for each campaign that has ended. */
  campaignsEnded: { name: 'CampaignsEnded', unit: 'Count', dimensions: ['family', 'outcome'] },
  /** One for a gate that passed, nought for one that refused: the average is the pass rate. */
  gatePassed: { name: 'GatePassed', unit: 'Count', dimensions: ['gate'] },
  /** From Apply Image to the failure, of the first stack of a ring that fails. */
  timeToDetect: { name: 'TimeToDetect', unit: 'Seconds', dimensions: ['family'] },
  /** From the end of forward writes to the outcome of the restore. */
  timeToRestore: { name: 'TimeToRestore', unit: 'Seconds', dimensions: ['family'] },
  /** One for a drill on a real stack that proved both ways, nought for one that did not; drills are in no other metric of campaigns. */
  drillSucceeded: { name: 'DrillSucceeded', unit: 'Count', dimensions: ['family'] },
  /** From the end of forward writes until the drilled stack was as before. */
  drillTimeToRestore: { name: 'DrillTimeToRestore', unit: 'Seconds', dimensions: ['family'] },
  /** Days since a designated stack was last drilled with success, each day; without one, since it was designated. */
  daysSinceDrill: { name: 'DaysSinceDrill', unit: 'None', dimensions: ['family'] },
  /** Waits for what AWS does that one sweep has found overdue. Measured at every sweep, so that silence means no sweep. */
  stuckTokens: { name: 'StuckTokens', unit: 'Count', dimensions: [] },
  /** Days since the family's last promotion, each day; of families that have one. */
  daysSincePromotion: { name: 'DaysSincePromotion', unit: 'None', dimensions: ['family'] },
  /** Instances on the image at the end of a campaign that was promoted. */
  adoption: { name: 'Adoption', unit: 'Percent', dimensions: ['family'] },
  /** Hours from the making of an image until so many percent of the instances run it. */
  hoursToAdoption: { name: 'HoursToAdoption', unit: 'None', dimensions: ['family', 'share'] },
} as const satisfies Readonly<Record<string, MetricShape>>;

export type MetricKey = keyof typeof metrics;
type DimensionOf<K extends MetricKey> = (typeof metrics)[K]['dimensions'][number];
/** What must be said with a value of the metric. */
export type MetricDimensions<K extends MetricKey> = Readonly<Record<DimensionOf<K>, string>>;
/** What names one series of the metric; without its family, a metric of families is the series over all of them. */
export type SeriesDimensions<K extends MetricKey> = Readonly<
  Record<Exclude<DimensionOf<K>, 'family'>, string> & Partial<Record<Extract<DimensionOf<K>, 'family'>, string>>
>;
