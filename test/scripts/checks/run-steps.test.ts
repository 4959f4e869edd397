import { describe, expect, it } from '@jest/globals';
import { runSteps } from '../../../scripts/checks/run-steps.ts';
import type { ScriptRun } from '../../../scripts/checks/step.ts';

const steps = ['a', 'b', 'c', 'd'].map((script) => ({ title: script.toUpperCase(), script }));

describe('runSteps', () => {
  it('runs so many at a time, in order, and each once', async () => {
    const started: string[] = [];
    let running = 0;
    let most = 0;
    const runScript = async (name: string): Promise<ScriptRun> => {
      started.push(name);
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return { ok: true, output: '' };
    };
    const ended = await runSteps(steps, 2, runScript, () => undefined);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    expect(most).toBe(2);
    expect(ended.map(({ result }) => result.passed)).toEqual([1, 1, 1, 1]);
  });

  it('goes on after a failed step and keeps what it wrote', async () => {
    const runScript = (name: string): Promise<ScriptRun> =>
      Promise.resolve({ ok: name !== 'b', output: `from ${name}` });
    const ended = await runSteps(steps, 1, runScript, () => undefined);
    expect(ended.map(({ step, result }) => [step.title, result.failed, result.output])).toEqual([
      ['A', 0, ''],
      ['B', 1, 'from b'],
      ['C', 0, ''],
      ['D', 0, ''],
    ]);
  });
});
