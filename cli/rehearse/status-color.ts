import type { StackStatus } from '../../domain/words.ts';
import type { Colors } from '../terminal/terminal.ts';

/** A stack's status in its colour. */
export const statusColor = (status: StackStatus, { green, red, yellow, dim, bold, blue }: Colors): string => {
  switch (status) {
    case 'done':
      return green(status);
    case 'failed':
    case 'quarantined':
      return bold(red(status));
    case 'restored':
    case 'restoring':
      return yellow(status);
    case 'skipped':
      return dim(status);
    case 'pending':
    case 'holding':
    case 'updating':
    case 'verifying':
      return blue(status);
  }
};
