interface Line {
  readonly at: string;
  readonly kind: string;
  readonly state?: string;
  readonly service?: string;
  readonly operation?: string;
}

/** What finding the stacks took. */
export interface Discovery {
  /** Requests while the state ran, by `service.Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  /** AssumeRole and pages of DescribeStacks, which the budget is for. */
  readonly listingCalls: number;
  /** From entering the state to leaving it, in virtual time. */
  readonly virtualSeconds: number;
  /** From entering it to the answer of the last page. */
  readonly listingSeconds: number;
}

const listing = ['sts.AssumeRole', 'cloudformation.DescribeStacks'];

/**
 * Reads out of a rehearsal's event log what happened between entering and leaving a state of the campaign.
 *
 * @param log - One JSON object a line.
 */
export const discoveryOf = (log: string, state = 'Discover Stacks'): Discovery => {
  const lines = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const from = lines.findIndex((line) => line.kind === 'state-entered' && line.state === state);
  const to = lines.findIndex((line) => line.kind === 'state-exited' && line.state === state);
  const [entered, exited] = [lines[from], lines[to]];
  if (entered === undefined || exited === undefined) throw new Error(`the log has no whole state '${state}'`);
  const during = lines
    .slice(from, to)
    .filter(({ kind }) => kind === 'call')
    .map(({ at, service, operation }) => ({ at, api: `${service}.${operation}` }));
  const calls: Record<string, number> = {};
  for (const { api } of during) calls[api] = (calls[api] ?? 0) + 1;
  const seconds = (until: string) => (Date.parse(until) - Date.parse(entered.at)) / 1000;
  const ofListing = during.filter(({ api }) => listing.includes(api));
  return {
    calls,
    listingCalls: ofListing.length,
    virtualSeconds: seconds(exited.at),
    listingSeconds: Math.max(0, ...ofListing.map(({ at }) => seconds(at))),
  };
};
