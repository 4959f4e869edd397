import { oneCheck, type ScriptRun, type Step, type StepResult } from './step.ts';

/** A step that has ended. */
export interface EndedStep {
  readonly step: Step;
  readonly result: StepResult;
  readonly seconds: number;
}

/** Runs all the steps, so many at a time, in their order; a failed one holds up no other. */
export const runSteps = async (
  steps: readonly Step[],
  atATime: number,
  runScript: (name: string, args?: readonly string[]) => Promise<ScriptRun>,
  onEnd: (ended: EndedStep) => void,
): Promise<readonly EndedStep[]> => {
  const ended: EndedStep[] = [];
  const waiting = steps.values();
  const runner = async (): Promise<void> => {
    for (const step of waiting) {
      const start = performance.now();
      const run = await runScript(step.script, step.args);
      const result = (step.result ?? oneCheck)(run);
      const end = { step, result, seconds: (performance.now() - start) / 1000 };
      ended.push(end);
      onEnd(end);
    }
  };
  await Promise.all(Array.from({ length: atATime }, runner));
  return ended;
};
