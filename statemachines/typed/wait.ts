import { Duration } from 'aws-cdk-lib';
import { Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { isRef, pathOf, type Expr } from './references.ts';
import type { Workflow } from './workflow.ts';

/** Waits for a time that is known at synth. */
export const waitMinutes = (workflow: Workflow, id: string, minutes: number): Wait =>
  new Wait(workflow.scope, id, { time: WaitTime.duration(Duration.minutes(minutes)) });

/** Waits for seconds that are known at synth or while the machine runs (whole seconds then). */
export const waitSeconds = (workflow: Workflow, id: string, seconds: Expr<number>): Wait =>
  new Wait(workflow.scope, id, {
    time: isRef(seconds) ? WaitTime.secondsPath(pathOf(seconds)) : WaitTime.duration(Duration.seconds(seconds)),
  });
