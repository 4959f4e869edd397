import type { EventEnvelope } from '../aws/host.ts';
import { announceImage } from '../scenario/create-images.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { StartEvent } from './start-event.ts';

interface StartsOptions {
  readonly scenario: Scenario;
  readonly scenarioWorld: ScenarioWorld;
  /** The event that starts the campaign, instead of a manual start. */
  readonly given: StartEvent | undefined;
  /** Starts an execution of the campaign machine, as from the Step Functions console. */
  readonly startByHand: (name: string, input: unknown) => void;
  readonly deliver: (event: EventEnvelope) => void;
}

const minute = 60_000;

/** Starts a rehearsal's campaigns: the scenario's own, the same once more, and the others that it names. */
export class CampaignStarts {
  readonly #options: StartsOptions;
  /** When the last start happens, in milliseconds since the first. */
  readonly #lastAt: number;

  constructor(options: StartsOptions) {
    this.#options = options;
    const { start, also, arrivals } = options.scenario;
    const minutes = [
      start.againAfterMinutes ?? 0,
      ...also.map(({ afterMinutes }) => afterMinutes),
      // What no event announces is found by the daily look.
      ...arrivals.map(({ afterMinutes, announced }) =>
        announced ? afterMinutes : Math.ceil(afterMinutes / 1440) * 1440,
      ),
    ];
    this.#lastAt = Math.max(...minutes) * minute;
  }

  begin(): void {
    const { start, also } = this.#options.scenario;
    this.#start(1);
    if (start.againAfterMinutes !== null) setTimeout(() => this.#start(2), start.againAfterMinutes * minute);
    for (const [index, other] of also.entries())
      setTimeout(() => this.#startOther(index + 1, other), other.afterMinutes * minute);
  }

  /** Whether a campaign is still to be started, so long after the first. */
  isPending(elapsedMilliseconds: number): boolean {
    return this.#lastAt > 0 && elapsedMilliseconds <= this.#lastAt + 10_000;
  }

  #start(nth: number): void {
    const { given, scenario, scenarioWorld, deliver } = this.#options;
    if (given) deliver({ ...given.event, id: `${given.event.id}-${nth}` });
    else if (scenario.start.by === 'manual') this.#startByHand(nth);
    // The first event is the image's own; this is another delivery of it.
    else if (nth > 1) announceImage(scenarioWorld.world, { ...scenario.image, scanStatus: 'NEVER' });
  }

  #startByHand(nth: number): void {
    const { scenario, scenarioWorld, startByHand } = this.#options;
    const [region] = scenario.fleet.regions;
    const input = {
      imageId: scenario.start.imageId ?? scenarioWorld.images.new.get(region),
      region,
      reason: `rehearsal of ${scenario.name}`,
      ...(scenario.start.dryRun ? { dryRun: true } : {}),
      ...(scenario.start.allowOlder ? { allowOlder: true } : {}),
      ...(scenario.start.allowRevoked ? { allowRevoked: true } : {}),
      ...(scenario.start.family === null ? {} : { family: scenario.start.family }),
    };
    startByHand(
      `rehearsal-${scenario.name}-${scenario.seed}${nth === 1 ? '' : `-${nth}`}`,
      scenario.start.input ?? (scenario.start.drill === null ? input : this.#drillOf(scenario.start.drill)),
    );
  }

  #drillOf(drill: string): unknown {
    return { drill, reason: `rehearsal of ${this.#options.scenario.name}` };
  }

  #startOther(nth: number, { image, family, environments, drill }: Scenario['also'][number]): void {
    const { scenario, scenarioWorld, startByHand } = this.#options;
    const [region] = scenario.fleet.regions;
    const name = `rehearsal-${scenario.name}-${scenario.seed}-other-${nth}`;
    if (drill !== null) {
      startByHand(name, this.#drillOf(drill));
      return;
    }
    startByHand(name, {
      imageId: scenarioWorld.images[image].get(region),
      region,
      reason: `rehearsal of ${scenario.name}, another campaign`,
      ...(family === null ? {} : { family }),
      ...(environments.length === 0 ? {} : { environments }),
    });
  }
}
