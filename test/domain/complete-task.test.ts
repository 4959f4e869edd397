import { describe, expect, it } from '@jest/globals';
import { approveRing } from '../../contracts/approve-ring.ts';
import { completeTask, failTask } from '../../domain/complete-task.ts';
import { fakeExecutions } from './fakes/executions.ts';

describe('completeTask', () => {
  it("answers with the contract's output", async () => {
    const executions = fakeExecutions();
    await completeTask({ executions }, approveRing, 'token-1', { decision: 'approved' });
    expect(executions.completed).toEqual([{ taskToken: 'token-1', output: { decision: 'approved' } }]);
  });

  it('answers nothing that the contract does not know', async () => {
    const executions = fakeExecutions();
    const wrong = { decision: 'perhaps' } as unknown as { decision: 'approved' };
    await expect(completeTask({ executions }, approveRing, 'token-1', wrong)).rejects.toThrow();
    expect(executions.completed).toEqual([]);
  });
});

describe.each([
  [
    'completeTask',
    (executions: ReturnType<typeof fakeExecutions>) =>
      completeTask({ executions }, approveRing, 'token-1', { decision: 'approved' }),
  ],
  [
    'failTask',
    (executions: ReturnType<typeof fakeExecutions>) =>
      failTask({ executions }, approveRing, 'token-1', 'Throttled', 'slow down'),
  ],
])('%s', (_name, finish) => {
  it('does not mind that nobody waits any more', async () => {
    const executions = fakeExecutions();
    executions.abandon('token-1');
    await expect(finish(executions)).resolves.toBeUndefined();
  });

  it('passes on any other trouble', async () => {
    const broken = {
      ...fakeExecutions(),
      succeed: () => Promise.reject(new Error('no network')),
      fail: () => Promise.reject(new Error('no network')),
    };
    await expect(finish(broken)).rejects.toThrow('no network');
  });
});
