import { wrap } from '../terminal/fit.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** One image's verdict, as `--json` prints it. */
export interface LintResult {
  readonly imageId: string;
  readonly passed: boolean;
  readonly reasons: readonly string[];
}

/** The verdicts for people: an image a line, its reasons below. */
export const lintSummary = (results: readonly LintResult[], { columns, colors }: Terminal): string => {
  const lines = results.flatMap(({ imageId, passed, reasons }) => [
    passed ? colors.green(`✓ ${imageId}`) : colors.red(`✗ ${imageId}`),
    ...reasons.flatMap((reason) =>
      wrap(reason, columns === null ? null : columns - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
    ),
  ]);
  const refused = results.filter(({ passed }) => !passed).length;
  return [...lines, `${results.length - refused} of ${results.length} pass Tag Check.`, ''].join('\n');
};
