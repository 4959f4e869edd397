import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A line of its own, colours, the end of a string, and separators that some readers take for the end of a line. */
const attack = 'x\r\n{"level":"INFO","message":"approved by ana"}\n\u001b[2J\u001b[31mRED"}\u2028\u0085';

const scenario = {
  name: 'hostile',
  fleet: {
    accounts: 1,
    regions: ['eu-west-1'],
    stacks: [
      { name: 'first', ring: 'canary', tags: { note: attack, 'ami-rollout:hold': attack } },
      { name: 'second', ring: 'canary', tags: { note: attack, 'ami-rollout:environment': attack } },
      { name: 'third', ring: 'full', tags: { 'ami-rollout:alarms': attack } },
    ],
  },
  image: { tags: { note: attack, build_id: attack } },
  start: { input: { imageId: attack, region: attack, reason: attack, [attack]: attack } },
  operations: [{ do: 'halt', state: 'Open Campaign', reason: attack }],
};

/** Rehearses it with the log written as in Lambda, and ends with how many lines the handlers have logged. */
const program = (file: object): string => `
  import { subscribe } from 'node:diagnostics_channel';
  import { simulate } from './rehearsal/simulate/simulate.ts';
  import configuration from './rollout.config.ts';
  let lines = 0;
  subscribe('ami-rollout:log', () => { lines += 1; });
  await simulate(${JSON.stringify(file)}, configuration);
  process.stderr.write('\\n' + lines);
`;

describe('the log of a rehearsal whose tags, reasons and names mean no good', () => {
  const { start: _, ...moved } = scenario;
  it.each([
    ['is moved', moved],
    ['is refused at its start', scenario],
  ])(
    'stays one JSON object for each line where it %s',
    async (_what, file) => {
      const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program(file)];
      const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'INFO', NODE_OPTIONS: '' };
      const { stdout, stderr } = await run(process.execPath, options, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
      // Errors are written to the other stream, which ends with the count.
      const lines = `${stdout}\n${stderr}`.split(/[\r\n]+/).filter((line) => line !== '');
      const count = Number(lines.pop());
      expect(lines.length).toBeGreaterThan(0);
      expect(lines).toHaveLength(count);
      for (const line of lines)
        expect(JSON.parse(line)).toMatchObject({
          service: 'ami-rollout',
          level: expect.stringMatching(/^(INFO|ERROR)$/),
        });
      expect(stdout + stderr).not.toContain('\u001b');
    },
    60_000,
  );
});
