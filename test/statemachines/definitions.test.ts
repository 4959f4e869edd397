import { describe, expect, it } from '@jest/globals';
import validate from 'asl-validator';
import { findUnassignedReads } from '../../statemachines/typed/index.ts';
import { configurationWith, fourRings, machinesOf, statesOf, type NamedState } from './machines.ts';
import { storedDefinition } from './stored-definition.ts';

const machines = machinesOf(configurationWith());
const withFourRings = machinesOf(configurationWith(fourRings));
const campaignStates = Object.keys(machines.campaign.States);

const everyMachine = [
  ['campaign', machines.campaign],
  ['restore', machines.restore],
  ['campaign of four rings', withFourRings.campaign],
] as const;

/** What each machine is started with. */
const parametersOf = (name: string) => (name === 'restore' ? ['campaignId', 'reason'] : []);

const tasks = (states: readonly NamedState[]) => states.filter(({ state }) => state.Type === 'Task');
const waitsForToken = ({ state }: NamedState) => state.Resource?.endsWith('.waitForTaskToken') === true;

/** Only a failure leads from the way forward to the way back, and that has a state of its own. */
const isForwardSuccess = (id: string): boolean => /^Record Stack \((?!.*Restore\)).*\)$/.test(id);

describe('the definitions as deployed', () => {
  it.each(['campaign', 'restore'] as const)('are the stored ones: %s', (name) => {
    expect(machines[name]).toEqual(storedDefinition(name, machines[name]));
  });

  it('show the states that the design, the runbooks and the console name', () => {
    expect(campaignStates).toEqual(
      expect.arrayContaining([
        ...['Open Campaign', 'Resolve Images', 'Tag Check', 'Inspector Scan', 'Age Limit', 'Custom Gates'],
        ...['Discover Stacks', 'Plan Rings', 'Canary Ring', 'Close Ring (Canary)', 'Bake Canary Ring'],
        ...['Recheck Gates (Canary)', 'Approve Canary Ring', 'Confirm Approval (Canary)'],
        ...['Full Ring', 'Close Ring (Full)', 'Bake Full Ring', 'Recheck Gates (Full)', 'Promote Image', 'Report'],
        ...['Restore Previous Image', 'Report (Restored)', 'Report (Rejected)'],
      ]),
    );
    expect(Object.keys(machines.restore.States)).toEqual(
      expect.arrayContaining([
        ...['Open Restore', 'Wait Out Apply', 'Restore Promotion', 'List Touched Stacks', 'Restore Stacks'],
        ...['Close Restore', 'Report', 'Restored', 'Restore Incomplete'],
      ]),
    );
  });

  it('go through a successful stack in five states', () => {
    const { ItemProcessor: child } = machines.campaign.States['Canary Ring']!;
    const way: string[] = [];
    for (let id = child?.StartAt; id !== undefined;) {
      way.push(id);
      const state = child!.States[id]!;
      id = state.Next ?? state.Choices?.[0]?.Next;
    }
    expect(way).toEqual([
      ...['Claim Stack (Canary)', 'Claimed? (Canary)', 'Apply Image (Canary)', 'Verify Instances (Canary)'],
      'Record Stack (Canary)',
    ]);
  });

  describe.each(everyMachine)('%s', (name, definition) => {
    const states = statesOf(definition);

    it('is valid Amazon States Language', () => {
      const result = validate(definition, { checkArn: true });
      expect(result.isValid ? '' : result.errorsText('\n')).toBe('');
    });

    it('reads nothing that may not have been assigned', () => {
      expect(findUnassignedReads({ name, definition, parameters: parametersOf(name) })).toEqual([]);
    });

    it('has no state that polls: nothing leads back', () => {
      const seen = new Set<string>();
      const visit = (id: string, way: readonly string[]): void => {
        expect(way).not.toContain(id);
        if (seen.has(id)) return;
        seen.add(id);
        const state = definition.States[id]!;
        const next = [state.Next, state.Default, ...(state.Choices ?? []).map((rule) => rule.Next)];
        for (const to of [...next, ...(state.Catch ?? []).map((rule) => rule.Next)]) if (to) visit(to, [...way, id]);
      };
      visit(definition.StartAt, []);
      expect([...seen].sort()).toEqual(Object.keys(definition.States).sort());
    });

    it('retries every task, and never a breach of contract', () => {
      for (const { id, state } of tasks(states)) {
        const errors = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
        expect([id, errors]).toEqual([id, expect.arrayContaining(['Lambda.TooManyRequestsException', 'Throttled'])]);
        for (const never of ['ContractViolation', 'States.ALL', 'States.TaskFailed', 'States.Timeout']) {
          expect(errors).not.toContain(never);
        }
      }
    });

    it('ends every wait for a task token after a time', () => {
      const waiting = states.filter(waitsForToken);
      expect(waiting.length).toBeGreaterThan(2);
      for (const { id, state } of waiting) {
        // How long an update takes depends on the stack, and its claim says it.
        if (!id.startsWith('Apply Image')) expect([id, state.TimeoutSeconds]).toEqual([id, expect.any(Number)]);
        else expect(state.TimeoutSecondsPath).toMatch(/^\$\.claimStack\w*\.updateTimeoutSeconds$/);
      }
    });

    it("records whatever happens to a stack, so that no stack ends another's execution", () => {
      const perStack = tasks(states).filter(
        ({ id, perStack: inChild }) => inChild && !id.startsWith('Record Stack Failure'),
      );
      expect(perStack.length).toBeGreaterThanOrEqual(4);
      for (const { id, state } of perStack) {
        const suffix = /\(.*\)$/.exec(id)?.[0];
        const failure = `Record Stack Failure${suffix === undefined ? '' : ` ${suffix}`}`;
        // A stack that somebody else is updating goes back to its claim, which waits; everything else is recorded.
        const busy = {
          ErrorEquals: ['StackBusy'],
          ResultPath: '$.error',
          Next: `Claim Stack${suffix === undefined ? '' : ` ${suffix}`}`,
        };
        // What has to be put back goes to its restore, or waits for the next try of it.
        const restore = {
          ErrorEquals: ['RestoreDue'],
          ResultPath: '$.error',
          Next: expect.stringMatching(/^Claim Stack( \(\w[\w ]*, Restore\))$|^Wait Before Next Try/) as unknown,
        };
        expect([id, state.Catch]).toEqual([
          id,
          [
            ...(id.startsWith('Apply Image') ? [busy] : []),
            ...(id.startsWith('Record Stack') && !isForwardSuccess(id) ? [restore] : []),
            { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: failure },
          ],
        ]);
      }
    });

    it('has no state behind the record of a stack: what comes after it costs a transition only where it is due', () => {
      const records = tasks(states).filter(({ id }) => id.startsWith('Record Stack'));
      expect(records.length).toBeGreaterThan(0);
      for (const { id, state } of records) {
        const due = isForwardSuccess(id) ? 'States.ALL' : 'RestoreDue';
        const caught = expect.objectContaining({ ErrorEquals: [due] }) as unknown;
        expect(state).toMatchObject({ End: true, Catch: expect.arrayContaining([caught]) as unknown });
      }
    });

    it("tolerates every failure of a map's children, keeps their results in S3, and starts them apart", () => {
      const maps = states.filter(({ state }) => state.Type === 'Map');
      expect(maps.length).toBeGreaterThan(0);
      for (const { state } of maps) {
        expect(state).toMatchObject({
          ToleratedFailurePercentage: 100,
          ResultPath: null,
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Prefix: 'results' } },
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
          Catch: [{ ErrorEquals: ['States.ALL'] }],
        });
      }
    });
  });

  it("wait out an Apply's function before a restore looks at the stacks", () => {
    expect(machines.restore.States['Wait Out Apply']).toMatchObject({
      Type: 'Wait',
      SecondsPath: '$.openRestore.settleSeconds',
    });
  });

  it('have a ring for each ring of the configuration, and run a gate before the ring it names', () => {
    const { States } = withFourRings.campaign;
    const rings = ['Canary Ring', 'Dev Ring', 'Us Staging Ring', 'Full Ring'];
    expect(Object.keys(States)).toEqual(expect.arrayContaining(rings));
    expect(States).not.toHaveProperty(['Inspector Scan']);
    expect(States['Still Good? (Dev)']).toMatchObject({ Choices: [{ Next: 'Inspector Scan (before Us Staging)' }] });
    expect(States['Inspector Scan Passed? (before Us Staging)']).toMatchObject({
      Choices: [{ Next: 'Any Stacks? (Us Staging)' }],
    });
    // Stacks have been touched by then: a refusal must put them back.
    expect(States['Inspector Scan Rejected (before Us Staging)']).toMatchObject({ Next: 'Restore Previous Image' });
    expect(States['Approved? (Us Staging)']).toMatchObject({ Choices: [{ Next: 'Custom Gates (before Full)' }] });
  });

  it('send every failure before the plan to a rejection, and every one after it to the restore', () => {
    const next = (id: string) => machines.campaign.States[id]?.Catch?.at(-1)?.Next;
    for (const id of ['Open Campaign', 'Resolve Images', 'Tag Check', 'Inspector Scan', 'Age Limit', 'Custom Gates']) {
      expect([id, next(id)]).toEqual([id, 'Report (Rejected)']);
    }
    for (const id of [
      'Canary Ring',
      'Close Ring (Canary)',
      'Recheck Gates (Canary)',
      'Approve Canary Ring',
      'Promote Image',
    ]) {
      expect([id, next(id)]).toEqual([id, 'Restore Previous Image']);
    }
  });
});
