import { Cron } from 'croner';
import type { MaintenanceWindow } from '../configuration/ring.ts';

/** Whether any of the windows is open, and when the next one opens if none is. No windows: always open. */
export type WindowState = { readonly open: true } | { readonly open: false; readonly opensAt: string | null };

const startsOf = ({ cron, timeZone }: MaintenanceWindow): Cron => new Cron(cron, { timezone: timeZone, paused: true });

/** A window is open at its start, and no more at its end. */
const isOpen = (window: MaintenanceWindow, now: Date): boolean => {
  const length = window.hours * 3_600_000;
  // The next start after the moment at which one that is over by now would have begun.
  const start = startsOf(window).nextRun(new Date(now.getTime() - length));
  return start !== null && start.getTime() <= now.getTime();
};

/**
 * Looks at maintenance windows. Their starts are cron expressions in a time zone of their own: the library knows where
 * clocks are put forward and back.
 */
export const windowState = (windows: readonly MaintenanceWindow[], now: Date): WindowState => {
  if (windows.length === 0 || windows.some((window) => isOpen(window, now))) return { open: true };
  const next = windows.flatMap((window) => startsOf(window).nextRun(now) ?? []).map((start) => start.toISOString());
  return { open: false, opensAt: next.sort()[0] ?? null };
};
