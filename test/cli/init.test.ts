import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { parseConfiguration } from '../../infra/config.ts';
import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const init = async (...args: string[]) => {
  const file = join(folder, `rollout-${++files}.config.ts`);
  return { file, ...(await runCli(['init', '--out', file, ...args])) };
};

const given = ['--yes', '--accounts', '444455556666,111122223333', '--regions', 'eu-west-1,us-east-1'];
const patient = 60_000;

const compiled = (file: string): string[] => {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2023,
    types: [],
  });
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
};

describe('ami-rollout init', () => {
  it(
    'writes a configuration that says what the options say, type-checks and can be rehearsed',
    async () => {
      const people = 'ana@example.com,ben=arn:aws:iam::111122223333:user/ben';
      const { file, code, stdout } = await init(
        ...given,
        ...['--hub', '111122223333/eu-central-1', '--family', 'web,it-s', '--canary', '10'],
        ...['--people', people, '--mail', "platform@example.com,o'neill@example.com"],
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('is written.\nNext:\n') });
      expect(stdout).not.toContain('in the place of');
      const { default: written } = (await import(pathToFileURL(file).href)) as { default: unknown };
      expect(parseConfiguration(written)).toMatchObject({
        hub: { account: '111122223333', region: 'eu-central-1' },
        families: [{ name: 'web' }, { name: 'it-s' }],
        targets: { list: expect.arrayContaining([{ account: '444455556666', region: 'us-east-1' }]) },
        rings: [
          { name: 'canary', sharePercent: 10, approval: 'required' },
          { name: 'full', approval: 'none' },
        ],
        people: [
          {
            id: 'ana',
            iam: ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_RolloutOperator_*/ana@example.com'],
          },
          { id: 'ben', iam: ['arn:aws:iam::111122223333:user/ben'] },
        ],
        notifications: { emails: ['platform@example.com', "o'neill@example.com"] },
      });
      expect(compiled(file)).toEqual([]);
      const rehearsed = await runCli(['rehearse', '--config', file, '--stacks', '4', '--json']);
      expect((JSON.parse(rehearsed.stdout) as RehearsalReport).outcome).toBe('PROMOTED');
    },
    patient,
  );

  it(
    'means every option that it only mentions: without its slashes it is valid, too',
    async () => {
      const { file } = await init(...given);
      const text = readFileSync(file, 'utf8');
      const options = /^( +)\/\/ (\w+: .*,)$/gm;
      const mentioned = [...text.matchAll(options)].map(([, , option = '']) => option.split(':')[0]);
      expect(mentioned).toEqual(expect.arrayContaining(['namePattern', 'custom', 'organization', 'console', 'drill']));
      writeFileSync(file, text.replaceAll(options, '$1$2'));
      const { default: written } = (await import(pathToFileURL(file).href)) as { default: unknown };
      expect(() => parseConfiguration(written)).not.toThrow();
    },
    patient,
  );

  it(
    'would not type-check with a typo in what it writes',
    async () => {
      const { file } = await init(...given);
      writeFileSync(file, readFileSync(file, 'utf8').replace('sharePercent', 'sharePercentage'));
      expect(compiled(file).join()).toContain('sharePercentage');
    },
    patient,
  );

  it('puts the hub into the first account and region, and says whom to replace', async () => {
    const { file, stdout } = await init(...given);
    expect(stdout).toContain('Put the people who approve in the place of ana@example.com and ben@example.com');
    expect(readFileSync(file, 'utf8')).toContain("hub: { account: '444455556666', region: 'eu-west-1' },");
  });

  it('never overwrites a file unless it is told to', async () => {
    const file = join(folder, 'mine.ts');
    writeFileSync(file, 'mine');
    const refused = await runCli(['init', '--out', file, ...given]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is there already: --force overwrites it/),
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await runCli(['init', '--out', file, '--force', ...given])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('defineRollout');
  });

  it.each<[string, string[], string]>([
    ['nothing to ask at', ['--accounts', '111122223333'], 'there is no terminal to ask at: give --yes'],
    ['no account', ['--yes', '--regions', 'eu-west-1'], 'give --accounts <ids>'],
    ['a wrong account', ['--yes', '--accounts', '1234'], '--accounts: 1234 must be an id of 12 digits'],
    ['a wrong region', [...given, '--regions', 'europe'], '--regions: europe must be'],
    ['a hub without a region', [...given, '--hub', '111122223333'], '--hub: must be account/region'],
    ['a wrong family', [...given, '--family', 'Web Server'], '--family: Web Server '],
    ['one person', [...given, '--people', 'ana@example.com'], '--people: name at least two'],
    [
      'a person twice',
      [...given, '--people', 'ana@a.example,ana@b.example'],
      '--people: ana@b.example: id is the id of',
    ],
    ['a wrong address', [...given, '--mail', 'platform'], '--mail: platform must be an e-mail address'],
    ['no percentage', [...given, '--canary', '0'], '--canary: must be a whole number, 1 to 99'],
  ])('refuses %s and says which option', async (_what, args, message) => {
    const { code, stderr } = await init(...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
  });
});
