import type { Rule } from '../simulated.ts';
import { gatesFailClosed } from './01-gates-fail-closed.ts';
import { previousOnce } from './02-previous-once.ts';
import { onlyTheImage } from './03-only-the-image.ts';
import { restoreCompares } from './04-restore-compares.ts';
import { wayBack } from './05-way-back.ts';
import { oneOperation } from './06-one-operation.ts';
import { twiceIsOnce } from './07-twice-is-once.ts';
import { approvals } from './08-approvals.ts';
import { planAndBudget } from './09-plan-and-budget.ts';
import { doneIsRunning } from './10-done-is-running.ts';
import { countsBalance } from './11-counts-balance.ts';
import { trail } from './12-trail.ts';
import { terminalOutcome } from './13-terminal-outcome.ts';

/** The rules that hold always, each as it is checked. */
export const allRules: readonly Rule[] = [
  gatesFailClosed,
  previousOnce,
  onlyTheImage,
  restoreCompares,
  wayBack,
  oneOperation,
  twiceIsOnce,
  approvals,
  planAndBudget,
  doneIsRunning,
  countsBalance,
  trail,
  terminalOutcome,
];
