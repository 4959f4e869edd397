import pc from 'picocolors';
import type { Terminal } from '../../cli/terminal/terminal.ts';

/** A terminal without colours that keeps what was written; `columns` null stands for a pipe. */
export const plainTerminal = (columns: number | null, rows = 24): Terminal & { readonly text: () => string } => {
  let written = '';
  return {
    write: (text) => {
      written += text;
    },
    columns,
    rows,
    colors: pc.createColors(false),
    text: () => written,
  };
};
