import { styleText } from 'node:util';
import { runScript } from './checks/run-script.ts';
import { runSteps, type EndedStep } from './checks/run-steps.ts';
import { staticSteps, testStep } from './checks/steps.ts';
import { isGreen, summaryLine, total } from './checks/summary.ts';

// `npm test`: everything a contribution has to keep green, with true counts in the last line.
const show = ({ step, result, seconds }: EndedStep): void => {
  const verdict = result.failed > 0 ? styleText('red', 'failed') : styleText('green', 'ok    ');
  const counts = step.result === undefined ? '' : `  ${summaryLine(result)}`;
  console.log(`${verdict}  ${step.title.padEnd(12)} ${`${seconds.toFixed(1)} s`.padStart(8)}${counts}`);
};

const ended = [
  ...(await runSteps(staticSteps(process.env.CI === 'true'), 2, runScript, show)),
  ...(await runSteps([testStep()], 1, runScript, show)),
];
for (const { step, result } of ended) {
  if (result.failed > 0)
    console.log(`\n${styleText('bold', `── ${step.title} (npm run ${step.script})`)}\n${result.output}`);
}
const counts = total(ended.map(({ result }) => result));
console.log(`\n${summaryLine(counts)}`);
process.exitCode = isGreen(counts) ? 0 : 1;
