import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { plural } from '../terminal/plural.ts';

/** Of a promoted image: how many stacks did not get it although they should have; null when all did. */
export const leftOut = ({ outcome, stacks }: RehearsalReport): string | null => {
  if (outcome !== 'PROMOTED') return null;
  const without = stacks.filter(({ status, reason }) => status !== 'done' && reason !== 'current');
  if (without.length === 0) return null;
  const counts = [...Map.groupBy(without, ({ status }) => status)].map(([status, own]) => `${own.length} ${status}`);
  return `But ${plural(without.length, 'stack')} did not get it (${counts.join(', ')}): the table says why.`;
};
