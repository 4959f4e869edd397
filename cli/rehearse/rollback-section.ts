import type { RollbackReport } from '../../rehearsal/report/rehearsal-report.ts';
import { durationInWords } from '../terminal/duration.ts';
import { wrap } from '../terminal/fit.ts';
import type { Colors } from '../terminal/terminal.ts';
import { careList } from './care-list.ts';
import { ringLine } from './ring-line.ts';

const paintOf = (outcome: string, colors: Colors) =>
  outcome === 'RESTORED' ? colors.green : outcome === 'RESTORE_INCOMPLETE' ? colors.red : colors.yellow;

/** What the rollback after a campaign came to: its outcome first, then who asked, the rings, and the SSM parameters. */
export const rollbackSection = (rollback: RollbackReport, columns: number | null, colors: Colors): string[] => {
  const { by, outcome, reason, message, rings, stacks, promotions, virtualSeconds } = rollback;
  const back = promotions.filter(({ before, now }) => now === before).length;
  const facts = [
    ...rings.map((ring) => ringLine(ring, colors)),
    ...(promotions.length === 0 ? [] : [`${back} of ${promotions.length} promotion parameters hold the image before`]),
    `${durationInWords(virtualSeconds)} in virtual time`,
  ];
  return [
    '',
    colors.bold(`Then a rollback by ${by}: ${paintOf(outcome, colors)(outcome)}`),
    ...wrap(reason === '' ? message : `Because: ${reason}`, columns),
    ...careList(stacks, columns, colors),
    ...facts.map((fact) => `  ${fact}`),
  ];
};
