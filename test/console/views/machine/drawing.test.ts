import { beforeAll, describe, expect, it } from '@jest/globals';
import { machineView } from '../../../../console/views/machine/machine-view.ts';
import { statesView } from '../../../../console/views/machine/states-view.ts';
import type { Configuration } from '../../../../domain/configuration.ts';
import { partsOf, type AslMachine, type NamedMachine } from '../../../../domain/machine/asl.ts';
import { isStep } from '../../../../domain/machine/sections.ts';
import { machineDefinitions } from '../../../../infra/machine-definitions.ts';
import { loadDeployment } from '../../../../rehearsal/definitions/load-deployment.ts';
import { configurationWith, fourRings } from '../../../statemachines/machines.ts';

const everyState = ({ States }: AslMachine): readonly string[] =>
  Object.entries(States).flatMap(([name, state]) => [name, ...partsOf(state).flatMap(everyState)]);

const counts = {
  pending: 3,
  holding: 2,
  updating: 1,
  verifying: 0,
  done: 0,
  failed: 0,
  skipped: 0,
  restoring: 0,
  restored: 0,
  quarantined: 0,
};
const fresh = {
  status: {
    gates: [],
    imageSet: {},
    outcome: null,
    phase: 'running',
    planHash: '',
    rings: [],
    dryRun: false,
    counts,
  },
  queued: false,
  closedRings: [],
  breachedRing: null,
} as Parameters<typeof machineView>[1];

describe.each([
  ['the default configuration', {}],
  ['four rings, a window and gates before rings', fourRings],
])('the picture of the machine with %s', (_, overrides) => {
  let configuration: Configuration;
  let deployed: readonly NamedMachine[];
  let drawn: readonly NamedMachine[];

  beforeAll(async () => {
    configuration = configurationWith(overrides);
    const { machines } = (await loadDeployment(configuration)).deployment;
    deployed = machines as readonly NamedMachine[];
    drawn = machineDefinitions(configuration);
  }, 60_000);

  it('is made of the states, ways and errors that are deployed', () => {
    const shape = (machine: AslMachine): unknown => ({
      StartAt: machine.StartAt,
      States: Object.fromEntries(
        Object.entries(machine.States).map(([name, state]) => [
          name,
          {
            Type: state.Type,
            Next: state.Next,
            End: state.End,
            Default: state.Default,
            Choices: state.Choices,
            Catch: state.Catch,
            Seconds: state.Seconds,
            waits: state.Resource?.endsWith('.waitForTaskToken'),
            parts: partsOf(state).map(shape),
          },
        ]),
      ),
    });
    expect(drawn.map(({ name, definition }) => [name, shape(definition)])).toEqual(
      deployed.map(({ name, definition }) => [name, shape(definition)]),
    );
  });

  it('has every state of both machines on the page of states, with links that lead somewhere', async () => {
    const markup = String(await statesView(drawn));
    for (const { definition } of deployed)
      for (const state of everyState(definition)) expect(markup).toContain(`<td data-label="State">${state}</td>`);
    const ids = new Set([...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...markup.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(60);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe([...markup.matchAll(/ id="/g)].length);
  });

  it("has every step of the campaign's machine on a campaign's page, each once", async () => {
    const [campaign] = deployed;
    const markup = String(await machineView(drawn[0]!.definition, fresh));
    const names = [...markup.matchAll(/<span class="name">([^<]+)<\/span>/g)].map(([, name]) => name);
    const steps = Object.entries(campaign!.definition.States).flatMap(([name, state]) => (isStep(state) ? [name] : []));
    expect([...names].sort()).toEqual(
      [...steps, 'Claim Stack', 'Apply Image', 'Verify Instances', 'Record Stack'].sort(),
    );
    expect(markup.match(/aria-current="step"/g)).toHaveLength(1);
    expect(markup).toContain('3 pending, 2 holding');
  });
});
