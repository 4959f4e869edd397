import { interceptClients } from '../aws/intercept-clients.ts';
import { restoreWorld } from '../aws/world-image.ts';
import type { Engine } from '../engine/engine.ts';
import type { LambdaService } from '../lambda-service.ts';
import { createWorld, type ScenarioWorld } from '../scenario/create-world.ts';
import { watchCalls } from './access.ts';
import type { Deliveries } from './deliveries.ts';
import type { GateDoubles } from './gate-doubles.ts';
import { invokeApi } from './invoke-api.ts';
import type { RunOptions } from './run-options.ts';
import { statesHost } from './states-host.ts';
import { statesWithDoubles } from './states-with-doubles.ts';
import { letTheDoomedDie } from './watch-requests.ts';

interface Around {
  readonly engine: Engine;
  readonly lambda: () => LambdaService;
  readonly deliveries: Deliveries;
  readonly gates: GateDoubles;
  readonly isAnybodyDoomed: boolean;
}

/** The scenario's AWS, in the place of the real one for every client of this process until `undo`. */
export const runWorld = (
  { scenario, start, goesOn, onAccess }: RunOptions,
  { engine, lambda, deliveries, gates, isAnybodyDoomed }: Around,
): { readonly scenarioWorld: ScenarioWorld; readonly undo: () => void } => {
  const scenarioWorld = createWorld(
    scenario,
    {
      emit: (event) => deliveries.deliver(event),
      wants: (source, detailType) => deliveries.wants(source, detailType),
      invoke: async ({ functionName, invocationType, payload }) =>
        gates.plays(functionName)
          ? gates.invoke(functionName, payload)
          : invokeApi(lambda(), functionName, invocationType, payload),
      states: statesWithDoubles(statesHost(engine), gates),
    },
    start?.announced,
  );
  const { world } = scenarioWorld;
  if (goesOn !== undefined) restoreWorld(world, goesOn.world);
  const undo = interceptClients(world);
  if (onAccess !== undefined) watchCalls(world, onAccess);
  if (isAnybodyDoomed) letTheDoomedDie(world);
  return { scenarioWorld, undo };
};
