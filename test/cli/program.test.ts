import { describe, expect, it } from '@jest/globals';
import { createProgram } from '../../cli/program.ts';
import { reportFailure } from '../../cli/report-failure.ts';
import { runCli } from './run-cli.ts';

/** What the command line prints and returns for arguments that it refuses, or help, without a process of its own. */
const parsed = async (args: readonly string[]) => {
  let text = '';
  const keep = (words: string) => (text += words);
  const program = createProgram();
  for (const command of [program, ...program.commands]) command.configureOutput({ writeOut: keep, writeErr: keep });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { code: 0, text };
  } catch (error) {
    return { code: reportFailure(error, keep), text };
  }
};

const patient = 30_000;

describe('ami-rollout', () => {
  it(
    'prints its help with commands, exit codes and examples',
    async () => {
      const { code, stdout, stderr } = await runCli(['--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const word of [
        'rehearse',
        'approve',
        'reject',
        'graph',
        'init',
        'inspect',
        'inventory',
        'Exit codes:',
        'Examples:',
      ])
        expect(stdout).toContain(word);
    },
    patient,
  );

  it(
    'prints its help, as an error, when no command is given',
    async () => {
      const { code, stdout, stderr } = await runCli([]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('Usage: ami-rollout');
    },
    patient,
  );

  it.each(['rehearse', 'drill', 'approve', 'reject', 'graph', 'init', 'inspect', 'inventory'])(
    'gives examples for %s',
    async (command) => {
      const { code, text } = await parsed([command, '--help']);
      expect(code).toBe(0);
      expect(text).toContain('Examples:\n  $ ');
    },
  );

  it('names the shipped scenarios', async () => {
    expect((await parsed(['rehearse', '--help'])).text).toMatch(/\bdefault\b[^]*\bstack-busy\b/);
  });

  it.each<[string, string[], string]>([
    ['an unknown command', ['rehears'], "unknown command 'rehears'\n(Did you mean rehearse?)"],
    ['an unknown option', ['rehearse', '--stack', '3'], "unknown option '--stack'\n(Did you mean --stacks?)"],
    ['a number that is none', ['rehearse', '--stacks', '3x'], 'It must be a whole number from 0 to 100000.'],
    ['a number too large', ['rehearse', '--accounts', '1001'], 'It must be a whole number from 1 to 1000.'],
    ['a region that is none', ['rehearse', '--regions', 'eu-west-1,Ireland'], "'Ireland' is no region"],
    [
      'contradicting options',
      ['rehearse', '--approve', '--reject'],
      "'--approve' cannot be used with option '--reject'",
    ],
    ['an unknown machine', ['graph', '--machine', 'x'], 'Allowed choices are campaign, restore.'],
    ['a missing option', ['approve', 'c-1', '--ring', 'canary'], "required option '--reason <text>' not specified"],
    [
      'a fleet from two places',
      ['rehearse', '--from', 'fleet.json', '--stacks', '3'],
      "'--from <file>' cannot be used with option '--stacks <n>'",
    ],
    ['no file to write', ['inventory'], "required option '--out <file>' not specified"],
    ['a missing argument', ['inspect'], "missing required argument 'template'"],
  ])('says what is wrong with %s, where help is, and exits with 1', async (_, args, message) => {
    const { code, text } = await parsed(args);
    expect(code).toBe(1);
    expect(text).toContain(message);
    expect(text).toContain('Add --help');
  });

  it(
    'says what is wrong with files, and exits with 1',
    async () => {
      const cases: [string[], string][] = [
        [['rehearse', '--scenario', 'nix'], 'error: There is no scenario nix: neither a file nor one of '],
        [['rehearse', '--config', 'nix.ts'], 'error: there is no configuration nix.ts'],
        [['rehearse', '--config', 'package.json'], 'error: package.json cannot be loaded'],
        [['rehearse', '--from', 'nix.json'], 'error: nix.json: there is no such file or folder'],
        [['rehearse', '--from', 'package.json'], 'error: package.json is no inventory'],
        [['rehearse', '--event', 'package.json'], 'error: package.json is no EventBridge event'],
      ];
      const results = await Promise.all(cases.map(([args]) => runCli(args)));
      for (const [index, { code, stdout, stderr }] of results.entries()) {
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toContain(cases[index]?.[1]);
      }
    },
    patient,
  );
});

describe('reportFailure', () => {
  const told = (error: unknown): string => {
    let text = '';
    reportFailure(error, (words) => (text += words));
    return text;
  };

  it('names the file that could not be opened', () => {
    const error = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: 'nix.yaml' });
    expect(told(error)).toBe('error: nix.yaml: there is no such file or folder\n');
  });

  it('says how to learn more about what nobody expected', () => {
    expect(told(new TypeError('x is undefined'))).toBe(
      'error: TypeError: x is undefined\n(unexpected; AMI_ROLLOUT_DEBUG=1 shows where it happened)\n',
    );
    expect(told('a string')).toContain('a string');
  });
});
