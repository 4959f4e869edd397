/** What the product's own events are called on the event bus of the hub; rules match on these. */
export const eventNames = { source: 'ami-rollout', detailType: 'Campaign State Change' } as const;

/** The facts that are told, each once. The last one of a campaign is `restored` or `finished`: it alone has an outcome. */
export const facts = [
  'waiting',
  'ring done',
  'approval wanted',
  'approved',
  'halted',
  'resumed',
  'breach',
  'restoring',
  'restored',
  'finished',
  'alert',
] as const;
export type Fact = (typeof facts)[number];
