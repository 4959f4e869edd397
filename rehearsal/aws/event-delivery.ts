import type { Random } from '../scenario/random.ts';
import type { EventEnvelope } from './host.ts';
import { eventDelivery, faultTimes } from './model.ts';
import type { World } from './world.ts';

/**
 * EventBridge between a service and the bus: events take about a second, close ones may overtake each other, and faults
 * lose, double or delay them. The envelope's time is when it happened, not when it arrived.
 */
export class EventDelivery {
  readonly #world: World;
  readonly #random: Random;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  publish(event: Omit<EventEnvelope, 'version' | 'id' | 'time'>, fate?: 'lost' | 'duplicated' | 'late'): void {
    const { host, skews } = this.#world;
    if (fate === 'lost') return;
    // Number and delay are drawn for all events alike: who listens changes nothing for the others.
    const number = this.#world.nextId();
    const delay = this.#delay(event, fate);
    if (host.wants?.(event.source, event['detail-type']) === false) return;
    const envelope: EventEnvelope = {
      version: '0',
      id: `00000000-0000-4000-a000-${number.toString(16).padStart(12, '0')}`,
      time: `${new Date(Date.now() + (skews.get(event.account) ?? 0)).toISOString().slice(0, 19)}Z`,
      ...event,
    };
    for (const more of fate === 'duplicated' ? faultTimes.duplicates : [0]) {
      setTimeout(() => this.#world.host.emit(envelope), delay + more);
    }
  }

  #delay(
    { account, region }: Pick<EventEnvelope, 'account' | 'region'>,
    fate: 'duplicated' | 'late' | undefined,
  ): number {
    const { disordered } = this.#world;
    return (
      eventDelivery.latency +
      Math.floor((this.#random.next() * 2 - 1) * eventDelivery.jitter) +
      (fate === 'late' ? faultTimes.lateEvent : 0) +
      (disordered.has(`${account}/${region}`) ? Math.floor(this.#random.next() * faultTimes.disorder) : 0)
    );
  }
}
