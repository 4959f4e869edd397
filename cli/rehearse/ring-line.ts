import type { RingSummary } from '../../rehearsal/report/rehearsal-report.ts';
import type { Colors } from '../terminal/terminal.ts';

const number = (value: number): string => value.toLocaleString('en-US');

/** One ring in a line: planned, and how many of each status. */
export const ringLine = (ring: RingSummary, colors: Colors): string => {
  const counts = (['done', 'failed', 'skipped', 'restored', 'quarantined'] as const)
    .filter((status) => ring[status] > 0)
    .map((status) => {
      const text = `${number(ring[status])} ${status}`;
      return status === 'failed' || status === 'quarantined' ? colors.red(text) : text;
    });
  return `${ring.ring}: ${number(ring.planned)} planned${counts.length === 0 ? '' : `, ${counts.join(', ')}`}`;
};
