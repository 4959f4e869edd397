import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';

/** What a drill of one family came to. */
export interface DrillResult {
  readonly family: string;
  readonly passed: boolean;
  readonly outcome: string;
  readonly stacks: number;
  /** Stacks that the drill wrote to. */
  readonly touched: number;
  /** Of those, the ones that are on their previous image again. */
  readonly back: number;
  readonly virtualSeconds: number;
  /** What has to be looked at; empty where everything went back. */
  readonly findings: readonly string[];
}

type Judged = Pick<RehearsalReport, 'outcome' | 'reason' | 'stacks' | 'virtualSeconds'>;

/**
 * A drill has passed if the campaign was restored, at least one stack was touched, and every touched one is, by the simulated
 * AWS and not by our own records, as it was.
 */
export const judgeDrill = (family: string, { outcome, reason, stacks, virtualSeconds }: Judged): DrillResult => {
  const touched = stacks.filter((stack) => stack.touched);
  const astray = touched.filter(({ before, after }) => after !== before);
  const findings = [
    ...(outcome === 'RESTORED'
      ? []
      : [`the campaign ended ${outcome}, not RESTORED${reason === '' ? '' : `: ${reason}`}`]),
    ...(touched.length > 0 ? [] : ['no stack was touched, so that nothing could be put back']),
    ...astray.map(
      ({ stack, account, region, status, before, after, reason: why }) =>
        `${stack} in ${account}/${region} is ${status} on ${after}, not back on ${before}${why === '' ? '' : `: ${why}`}`,
    ),
  ];
  return {
    family,
    passed: findings.length === 0,
    outcome,
    stacks: stacks.length,
    touched: touched.length,
    back: touched.length - astray.length,
    virtualSeconds,
    findings,
  };
};
