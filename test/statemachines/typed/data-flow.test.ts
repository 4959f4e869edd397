import { describe, expect, it } from '@jest/globals';
import type { AslState, Definition } from '../../../statemachines/typed/asl.ts';
import {
  choice,
  executionInput,
  executionName,
  fail,
  findUnassignedReads,
  forEach,
  invoke,
  isTrue,
  succeed,
  type Ref,
  type Workflow,
} from '../../../statemachines/typed/index.ts';
import { renderMachine, sampleBucket } from './render-machine.ts';
import { plannedStack, readPlan, tagCheck } from './sample-contracts.ts';

const input = executionInput<{ image: string; dryRun: boolean }>();
const parameters = ['image', 'dryRun'];

const readsOf = (definition: Definition, known = parameters) =>
  findUnassignedReads({ name: 'Sample', definition, parameters: known });

const checkOf = (workflow: Workflow, id = 'Tag Check') =>
  invoke(workflow, id, tagCheck, { image: input.image, category: 'base', note: null });

const planReader = (workflow: Workflow, version: Ref<string>, id = 'Read Plan') =>
  invoke(workflow, id, readPlan, { bucket: 'b', key: 'k', version });

const ring = (workflow: Workflow, version: (own: Ref<{ stack: string }>) => Ref<string>) =>
  forEach(
    workflow,
    'Canary Ring',
    { bucket: 'plans', key: input.image },
    plannedStack,
    (item) => ({ stack: item.stack }),
    (child, own) => planReader(child, version(own), 'Read Own Plan'),
    {
      maxConcurrency: 1,
      itemsBucket: sampleBucket(workflow, 'plans'),
      resultBucket: sampleBucket(workflow, 'results'),
      resultPrefix: input.image,
    },
  );

describe('findUnassignedReads on machines of the typed layer', () => {
  it('finds nothing in a machine that reads what it has', () => {
    const { definition } = renderMachine((workflow) => {
      const check = checkOf(workflow);
      const failed = fail(workflow, 'Failed', { error: 'REJECTED', causePath: input.image });
      return check
        .catch(['States.ALL'], (error) => fail(workflow, 'Crashed', { error: error.Error }))
        .next(planReader(workflow, check.result.plan.version))
        .next(ring(workflow, (own) => own.stack))
        .next(choice(workflow, 'Dry Run?').when(isTrue(input.dryRun), succeed(workflow, 'Done')).otherwise(failed));
    });
    expect(readsOf(definition)).toEqual([]);
  });

  it('finds a task that was moved before the one it reads', () => {
    const { definition } = renderMachine((workflow) => {
      const check = checkOf(workflow);
      return planReader(workflow, check.result.plan.version).next(check);
    });
    expect(readsOf(definition)).toEqual([{ machine: 'Sample', state: 'Read Plan', path: '$.tagCheck.plan.version' }]);
  });

  it('finds the handler of a Catch that reads the result of the task that failed', () => {
    const { definition } = renderMachine((workflow) => {
      const check = checkOf(workflow);
      const read = planReader(workflow, check.result.plan.version);
      return check.catch(['ImageNotFound'], read).next(read);
    });
    expect(readsOf(definition)).toEqual([{ machine: 'Sample', state: 'Read Plan', path: '$.tagCheck.plan.version' }]);
  });

  it("finds a map's child that reads its parent", () => {
    const { definition } = renderMachine((workflow) => {
      const check = checkOf(workflow);
      return check.next(ring(workflow, () => check.result.plan.version));
    });
    expect(readsOf(definition)).toEqual([
      { machine: 'Sample', state: 'Read Own Plan', path: '$.tagCheck.plan.version' },
    ]);
  });

  it("finds a map's child that takes its own execution's name for its parent's", () => {
    const { definition } = renderMachine((workflow) => ring(workflow, () => executionName));
    expect(readsOf(definition)).toEqual([{ machine: 'Sample', state: 'Read Own Plan', path: '$$.Execution.Name' }]);
  });

  it('finds a parameter that the machine does not declare', () => {
    const { definition } = renderMachine((workflow) => checkOf(workflow));
    expect(readsOf(definition, ['dryRun'])).toEqual([{ machine: 'Sample', state: 'Tag Check', path: '$.image' }]);
  });

  it('finds a read after an output that was emptied', () => {
    const { definition } = renderMachine((workflow) => {
      const check = checkOf(workflow);
      const emptied = invoke(workflow, 'Read Plan', readPlan, check.result.plan, { output: 'empty' });
      return check.next(emptied).next(checkOf(workflow, 'Check Again'));
    });
    expect(readsOf(definition)).toEqual([{ machine: 'Sample', state: 'Check Again', path: '$.image' }]);
  });
});

const task = (state: Partial<AslState>): AslState => ({ Type: 'Task', ...state });
/** A state that reads one path. */
const reader = (path: string): AslState => task({ Parameters: { 'x.$': path }, ResultPath: null });

describe('findUnassignedReads on definitions', () => {
  it.each<[name: string, states: Record<string, AslState>, expected: string[]]>([
    [
      'a join keeps what both branches of a Choice assigned',
      {
        A: { Type: 'Choice', Choices: [{ Variable: '$.image', Next: 'B' }], Default: 'C' },
        B: task({ ResultPath: '$.both', Next: 'D' }),
        C: task({ ResultPath: '$.one', Next: 'E' }),
        D: task({ ResultPath: '$.one', Next: 'F' }),
        E: task({ ResultPath: '$.both.part', Next: 'F' }),
        F: task({ Parameters: { 'x.$': '$.one', 'y.$': '$.both.part', 'z.$': '$.both.rest' } }),
      },
      ['F $.both.rest'],
    ],
    [
      'a loop does not assign before its first turn',
      {
        A: { Type: 'Choice', Choices: [{ Variable: '$.turn.count', Next: 'C' }], Default: 'B' },
        B: task({ ResultPath: '$.turn', Next: 'A' }),
        C: { Type: 'Succeed' },
      },
      ['A $.turn.count'],
    ],
    [
      'a rule that asks for presence proves it, for its branch',
      {
        A: {
          Type: 'Choice',
          Choices: [{ And: [{ Variable: '$.note', IsPresent: true }, { Variable: '$.image' }], Next: 'B' }],
          Default: 'C',
        },
        B: reader('$.note'),
        C: reader('$.note'),
      },
      ['C $.note'],
    ],
    [
      'a rule compares with a path, under Not and Or too',
      {
        A: {
          Type: 'Choice',
          Choices: [
            {
              Or: [{ Not: { Variable: '$.a' } }, { Variable: '$.image', ...{ StringEqualsPath: '$.b' } }],
              Next: 'B',
            },
          ],
        },
        B: { Type: 'Succeed' },
      },
      ['A $.a', 'A $.b'],
    ],
    [
      'a Catch without ResultPath leaves the error only',
      {
        A: task({ ResultPath: '$.a', Catch: [{ Next: 'B' }], Next: 'C' }),
        B: task({ Parameters: { 'x.$': '$.Cause', 'y.$': '$.image' } }),
        C: reader('$.a'),
      },
      ['B $.image'],
    ],
    [
      'a Catch that drops the error adds nothing',
      { A: task({ ResultPath: '$.a', Catch: [{ Next: 'B', ResultPath: null }] }), B: reader('$.error') },
      ['B $.error'],
    ],
    [
      'a result that replaces everything hides the input',
      { A: task({ Next: 'B' }), B: reader('$.image') },
      ['B $.image'],
    ],
    [
      'a ResultSelector says what a result at the root holds',
      {
        A: task({ ResultSelector: { 'kept.$': '$.anything' }, Next: 'B' }),
        B: task({ Parameters: { 'x.$': '$.kept', 'y.$': '$.image' } }),
      },
      ['B $.image'],
    ],
    [
      'a Pass sets its Parameters, its Result, or its input',
      {
        A: { Type: 'Pass', Parameters: { 'a.$': '$.image' }, ResultPath: '$.p', Next: 'B' },
        B: { Type: 'Pass', Next: 'C' },
        C: task({ Parameters: { 'x.$': '$.p.a' }, ResultPath: '$.c', Next: 'D' }),
        D: { Type: 'Pass', Result: { fresh: 1 }, Next: 'E' },
        E: task({ Parameters: { 'x.$': '$.fresh', 'y.$': '$.c' } }),
      },
      ['E $.c'],
    ],
    [
      'InputPath narrows what Parameters see, OutputPath what comes after',
      {
        A: task({ ResultPath: '$.a.inner', Next: 'B' }),
        B: task({ InputPath: '$.a', Parameters: { 'x.$': '$.inner', 'y.$': '$.other' }, ResultPath: null, Next: 'C' }),
        C: { Type: 'Pass', OutputPath: '$.a', Next: 'D' },
        D: task({ Parameters: { 'x.$': '$.inner', 'y.$': '$.image' }, ResultPath: null, Next: 'E' }),
        E: { Type: 'Succeed', InputPath: '$.missing' },
      },
      ['B $.a.other', 'D $.image', 'E $.missing'],
    ],
    [
      'paths are read inside of intrinsic functions, not inside of their texts',
      { A: reader("States.Format('{} $.text', States.Array($.a, $.tags['x y'].z), $$.Execution.Name, $)") },
      ['A $.a', "A $.tags['x y'].z"],
    ],
    [
      'reads hide in arrays, in a reader, in seconds, in a cause',
      {
        A: task({ Parameters: { list: [{ 'x.$': '$.a' }] }, ResultPath: null, Next: 'B' }),
        B: { Type: 'Wait', ...{ SecondsPath: '$.b' }, Next: 'C' },
        C: { Type: 'Map', ...{ ItemReader: { Parameters: { 'Key.$': '$.c' } } }, ResultPath: null, Next: 'D' },
        D: { Type: 'Fail', ...{ CausePath: "States.Format('{}', $.d)" } },
      },
      ['A $.a', 'B $.b', 'C $.c', 'D $.d'],
    ],
    [
      'branches see their parent, and the parent sees none of their fields',
      {
        A: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'A1', States: { A1: task({ ResultPath: '$.one', Next: 'A2' }), A2: reader('$.image') } },
            { StartAt: 'A3', States: { A3: reader('$.one') } },
          ],
          ResultPath: '$.parallel',
          Next: 'B',
        },
        B: task({ Parameters: { 'x.$': '$.parallel[0].one', 'y.$': '$.one' } }),
      },
      ['A3 $.one', 'B $.one'],
    ],
    [
      'a Parallel with Parameters gives its branches those only',
      {
        A: {
          Type: 'Parallel',
          Parameters: { 'own.$': '$.image' },
          Branches: [{ StartAt: 'A1', States: { A1: task({ Parameters: { 'x.$': '$.own', 'y.$': '$.image' } }) } }],
        },
      },
      ['A1 $.image'],
    ],
    [
      "nothing is said about an item that is its child's whole input",
      { A: { Type: 'Map', ItemProcessor: { StartAt: 'A1', States: { A1: reader('$.anything') } } } },
      [],
    ],
    ['a state that nothing reaches is not walked', { A: { Type: 'Succeed' }, B: reader('$.missing') }, []],
  ])('%s', (_, States, expected) => {
    const found = readsOf({ StartAt: 'A', States });
    expect(found.map(({ state, path }) => `${state} ${path}`)).toEqual(expected);
  });

  it('refuses a definition that goes nowhere', () => {
    expect(() => readsOf({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'Gone' } } })).toThrow('"Gone"');
  });
});
