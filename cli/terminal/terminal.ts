import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command prints to. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** Its width in characters; null where the output is no terminal, and lines may be of any length. */
  readonly columns: number | null;
  readonly rows: number;
  readonly colors: Colors;
}

/** Standard output as it is now; colours as NO_COLOR, FORCE_COLOR, `--no-color` and the terminal say. */
export const standardOutput = (): Terminal => {
  const { stdout } = process;
  return {
    write: (text) => void stdout.write(text),
    get columns() {
      return stdout.isTTY ? Math.max(40, stdout.columns) : null;
    },
    get rows() {
      return stdout.isTTY ? stdout.rows : 24;
    },
    colors: pc.createColors(pc.isColorSupported),
  };
};
