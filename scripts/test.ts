import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';
import { runScript } from './checks/run-script.ts';
import { oneCheck, type Step, type StepResult } from './checks/step.ts';
import { staticSteps, testStep } from './checks/steps.ts';
import { isGreen, summaryLine, total } from './checks/summary.ts';

// `npm test`: everything a contribution has to keep green, with true counts in the last line.
const results: { readonly step: Step; readonly result: StepResult }[] = [];

const asTask = (step: Step): ListrTask => ({
  title: step.title,
  task: async (_, task) => {
    const result = (step.result ?? oneCheck)(await runScript(step.script, step.args));
    results.push({ step, result });
    task.title = step.result === undefined ? step.title : `${step.title}: ${summaryLine(result)}`;
    if (result.failed > 0) throw new Error(task.title);
  },
});

const common = { exitOnError: false, rendererOptions: { timer: PRESET_TIMER }, fallbackRendererOptions: { timer: PRESET_TIMER } };
await new Listr(staticSteps(process.env.CI === 'true').map(asTask), { ...common, concurrent: 2 }).run();
await new Listr([asTask(testStep())], common).run();

for (const { step, result } of results) {
  if (result.failed > 0) console.log(`\n── ${step.title}: npm run ${step.script} ──\n${result.output}`);
}
const counts = total(results.map(({ result }) => result));
console.log(`\n${summaryLine(counts)}`);
process.exitCode = isGreen(counts) ? 0 : 1;
