interface Line {
  readonly kind: string;
  readonly handler?: string;
  readonly milliseconds?: number;
  readonly error?: string;
}

/**
 * How long the start of a campaign takes in virtual time, until its id is known: the function that looks the image up and starts
 * the execution. All else happens behind it.
 *
 * @param log - One JSON object a line.
 */
export const answerOf = (log: string): number => {
  const lines = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const answers = lines.filter(
    ({ kind, handler, error }) => kind === 'invocation' && handler === 'start-campaign' && error === undefined,
  );
  if (answers.length === 0) throw new Error('the log has no start of a campaign');
  return Math.max(...answers.map(({ milliseconds = 0 }) => milliseconds));
};
