import { describe, expect, it } from '@jest/globals';
import { sessionKeyId } from '../../rehearsal/aws/accounts.ts';
import { Identifiers } from '../../rehearsal/engine/identifiers.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../rollout.config.ts';
import { SecretSearch } from './secret-search.ts';

describe('SecretSearch', () => {
  it("finds the engine's task tokens and the simulation's credentials", () => {
    const search = new SecretSearch();
    search.look('log line', 'a handler', { nested: [`see ${new Identifiers(7).token()}`] });
    search.look('error', 'another', new Error(`for ${sessionKeyId('100000000001', 12)}`));
    search.look('answer', 'a third', { fine: true });
    expect([...search.found]).toEqual(['log line of a handler: a task token', 'error of another: a credential']);
  });

  it('lets a token be said to complete its task, and nowhere else', () => {
    const search = new SecretSearch();
    const taskToken = new Identifiers(7).token();
    const call = { at: 0, account: '1', region: 'r', roleArn: undefined, attempt: 1, service: 'states' };
    const said = (operation: string, input: object) =>
      search.access({ handler: 'a', kind: 'call', tags: {}, call: { ...call, operation, input } });
    said('SendTaskSuccess', { taskToken, output: '{}' });
    expect([...search.found]).toEqual([]);
    said('SendTaskFailure', { taskToken, cause: `for ${taskToken}` });
    said('StopExecution', { cause: taskToken });
    expect(search.found.size).toBe(2);
  });

  it('finds none in a campaign that is restored', async () => {
    const search = new SecretSearch();
    await search.during(() =>
      rehearse(loadScenario('canary-breaks'), {
        configuration,
        onRun: (run) => search.begin(run),
        onAccess: (access) => search.access(access),
        onStep: (step) => search.look('step', step.kind, step),
        onData: (state, data) => search.look('state data', state, data),
      }),
    );
    expect([...search.found]).toEqual([]);
    for (const place of ['log line', 'metric', 'request', 'answer', 'state data', 'step'] as const)
      expect({ place, looked: (search.looked.get(place) ?? 0) > 0 }).toEqual({ place, looked: true });
  });
});
