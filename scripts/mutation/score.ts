/** What Stryker says of one fault; the rest of what it knows is in its own report. */
export interface Fault {
  readonly fileName: string;
  readonly status: string;
}

/** How the faults of a file have fared. */
export interface FileScore {
  readonly file: string;
  /** A test failed, or ran into a loop without an end. */
  readonly killed: number;
  readonly survived: number;
  /** No test comes past it; it counts as survived. */
  readonly uncovered: number;
}

/** Killed ones of all in percent, to two decimals; a file without faults has none that survived. */
export const scoreOf = ({ killed, survived, uncovered }: Omit<FileScore, 'file'>): number => {
  const all = killed + survived + uncovered;
  return all === 0 ? 100 : Math.round((killed / all) * 10_000) / 100;
};

/** The faults by file, in order of their names; ignored ones and those that do not even load count for nothing. */
export const scoresOf = (faults: readonly Fault[]): readonly FileScore[] =>
  [...Map.groupBy(faults, ({ fileName }) => fileName)]
    .map(([file, own]) => {
      const count = (...statuses: readonly string[]) => own.filter(({ status }) => statuses.includes(status)).length;
      return {
        file,
        killed: count('Killed', 'Timeout'),
        survived: count('Survived'),
        uncovered: count('NoCoverage'),
      };
    })
    .sort((one, other) => one.file.localeCompare(other.file));
