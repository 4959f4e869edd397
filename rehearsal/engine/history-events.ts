import type { AslState } from './asl.ts';

/** The most events an execution's history may hold. */
export const MAX_HISTORY_EVENTS = 25_000;
/** ExecutionStarted and the event of its end. */
export const EXECUTION_EVENTS = 2;
/** MapIterationStarted and its end, in the parent's history. */
export const ITERATION_EVENTS = 2;

/** How a Task or Map is carried out, where that decides its events. */
export type Manner = 'plain' | 'token' | 'distributed';

/** Events that one visit of a state writes. */
export function eventsOfVisit(type: AslState['Type'], manner: Manner): number {
  switch (type) {
    case 'Fail':
      return 1;
    case 'Pass':
    case 'Choice':
    case 'Succeed':
    case 'Wait':
      return 2;
    case 'Task': // entered, scheduled, started, (submitted,) succeeded or failed, exited
      return manner === 'token' ? 6 : 5;
    case 'Map':
      return manner === 'distributed' ? 4 : 3;
    case 'Parallel':
      return 4;
  }
}

/** Events that one more attempt at a state writes: all of the visit's but entered and exited. */
export const eventsOfRetry = (type: AslState['Type'], manner: Manner): number => eventsOfVisit(type, manner) - 2;
