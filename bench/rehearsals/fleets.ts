/** The fleet that every size is measured on; the shares and update times are the scenario's defaults. */
export const fleetOf = (stacks: number) => ({
  accounts: 100,
  regions: ['eu-west-1', 'us-east-1', 'eu-central-1', 'us-west-2'],
  stacks,
});

/** Everything goes well. */
export const promoted = (stacks: number) => ({ name: 'promoted', fleet: fleetOf(stacks) });

/** The same once more: the campaign before has left how long each stack took, which is off by up to a fifth this time. */
export const promotedAgain = (stacks: number) => ({
  name: 'promoted-again',
  fleet: { ...fleetOf(stacks), timesOnRecord: 0.2 },
});

/**
 * The dearest way a campaign can end: the full ring is through, an alarm rejects it while it bakes, and every stack of both
 * rings is put back.
 */
export const rejected = (stacks: number) => ({
  name: 'full-ring-rejected',
  fleet: fleetOf(stacks),
  faults: [{ kind: 'alarm', ring: 'full' }],
  expect: { outcome: 'RESTORED' },
});

/** Started by an image's event, and over at the first gate: what is measured is the start, with the whole fleet there. */
export const refused = (stacks: number) => ({
  name: 'refused',
  fleet: fleetOf(stacks),
  start: { by: 'event' },
  image: { findings: { critical: 1 } },
  expect: { outcome: 'REJECTED' },
});

/** Finds the stacks and plans, and changes nothing. */
export const dryRun = (fleet: object) => ({
  name: 'discovery',
  fleet,
  start: { dryRun: true },
  expect: { outcome: 'PLANNED' },
});
