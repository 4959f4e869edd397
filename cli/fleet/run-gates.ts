import { mergeGateUse, type GateUse } from '../../domain/operating/gate-use.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { pages } from '../api/pages.ts';
import { ExitCode } from '../exit-code.ts';
import { durationInWords } from '../terminal/duration.ts';
import { fittedTable } from '../terminal/fitted-table.ts';
import { standardOutput, type Terminal } from '../terminal/terminal.ts';

/** Characters of a reason in the table; `--json` has it whole. */
const longestReason = 100;

const short = (text: string): string => (text.length <= longestReason ? text : `${text.slice(0, longestReason - 1)}…`);

const skippedText = (skipped: GateUse['skipped']): string =>
  Object.entries(skipped)
    .map(([category, count]) => `${count} ${category}`)
    .join(', ');

/** The gates as people read them: one a line, what they last refused at its end. */
const gatesTable = (uses: readonly GateUse[], terminal: Terminal): string =>
  fittedTable(
    ['gate', 'runs', 'rejections', 'median', 'skipped', 'last rejection'],
    uses.map(({ gate, custom, runs, rejections, medianSeconds, skipped, lastRejection: last }) => [
      custom ? `${gate} (custom)` : gate,
      String(runs),
      String(rejections),
      medianSeconds === null ? '' : durationInWords(medianSeconds),
      skippedText(skipped),
      last === null ? '' : `${last.at} ${last.image}: ${short(last.reason)}`,
    ]),
    terminal,
  );

/** `ami-rollout gates`. */
export const runGates = async (
  query: { readonly family: string | undefined; readonly since: string | undefined },
  options: ConnectionOptions,
): Promise<number> => {
  const found = mergeGateUse(await Array.fromAsync(pages<GateUse>(await connect(options), '/gates', query)));
  const terminal = standardOutput();
  terminal.write(options.json === true ? `${JSON.stringify(found)}\n` : gatesTable(found, terminal));
  return ExitCode.Done;
};
