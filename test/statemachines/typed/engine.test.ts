import { describe, expect, it } from '@jest/globals';
import { StateMachine } from 'aws-local-stepfunctions';
import { choice, executionInput, fail, invoke, isTrue, type Workflow } from '../../../statemachines/typed/index.ts';
import { renderMachine } from './render-machine.ts';
import { applyImage, readPlan, tagCheck } from './sample-contracts.ts';

const input = executionInput<{ image: string }>();

const build = (workflow: Workflow) => {
  const check = invoke(workflow, 'Tag Check', tagCheck, { image: input.image, category: 'base', note: null });
  const apply = invoke(
    workflow,
    'Apply Image',
    applyImage,
    { stack: 's', targets: [input.image, 'all'] },
    { timeoutMinutes: 1 },
  );
  const read = invoke(workflow, 'Read Plan', readPlan, check.result.plan, { output: 'empty' });
  return check.next(
    choice(workflow, 'Passed?')
      .when(isTrue(check.result.passed), apply.next(read))
      .otherwise(fail(workflow, 'Rejected', { error: 'REJECTED', causePath: check.result.plan.key })),
  );
};

/** Runs the machine with local functions; keeps what each of them was given. */
const run = (passed: boolean) => {
  const { definition } = renderMachine(build);
  const given: Record<string, unknown> = {};
  const answers: Record<string, unknown> = {
    'Tag Check': { passed, plan: { bucket: 'b', key: 'k', version: 'v' } },
    'Apply Image': { changed: true },
    'Read Plan': { stacks: 3 },
  };
  const machine = new StateMachine(definition as never, { validationOptions: { checkArn: false } });
  const { result } = machine.run(
    { image: 'ami-1' },
    {
      context: { Task: { Token: 'token-1' } },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          Object.entries(answers).map(([id, answer]) => [
            id,
            (payload: unknown) => {
              given[id] = payload;
              return Promise.resolve(answer as never);
            },
          ]),
        ),
      },
    },
  );
  return { given, result };
};

describe('a machine of the typed layer, in an interpreter', () => {
  it('passes nulls, lists, tokens and whole objects, and ends with an empty object', async () => {
    const { given, result } = run(true);
    expect(await result).toEqual({});
    expect(given).toEqual({
      'Tag Check': { image: 'ami-1', category: 'base', note: null },
      'Apply Image': expect.objectContaining({
        Payload: { stack: 's', targets: ['ami-1', 'all'], taskToken: 'token-1' },
      }),
      'Read Plan': { bucket: 'b', key: 'k', version: 'v' },
    });
  });

  it('fails with the error and the cause it was told to', async () => {
    const { result } = run(false);
    await expect(result).rejects.toMatchObject({ cause: { name: 'REJECTED', message: 'k' } });
  });
});
