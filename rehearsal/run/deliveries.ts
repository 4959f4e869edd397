import type { EventEnvelope } from '../aws/host.ts';
import type { Rule } from '../definitions/deployment.ts';
import { EventBus, inputOf } from '../event-bus.ts';
import type { EventLog } from '../event-log.ts';

interface DeliveriesOptions {
  readonly rules: readonly Rule[];
  readonly hubAccount: string;
  /** Whether a person starts the campaign. */
  readonly isByHand: boolean;
  readonly log: EventLog;
  readonly queue: (functionName: string, payload: unknown) => void;
}

/** Brings events to the functions that the product's rules name. */
export class Deliveries {
  /** Events that member accounts have sent to the hub's bus. */
  forwarded = 0;
  /** An image has appeared after the start: from then on EC2's events count, whoever has made the start. */
  imageHasArrived = false;
  readonly #options: DeliveriesOptions;
  readonly #bus: EventBus;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.#bus = new EventBus(options.rules, options.hubAccount);
  }

  /** Whether any rule could match such an event. */
  wants(source: string, detailType: string): boolean {
    return this.#bus.wants(source, detailType);
  }

  deliver(event: EventEnvelope): void {
    const { log, hubAccount, queue } = this.#options;
    const targets = this.#bus.targetsOf(event);
    if (targets.length === 0) return;
    if (event.account !== hubAccount) this.forwarded += 1;
    log.write(Date.now(), 'event', {
      type: event['detail-type'],
      account: event.account,
      region: event.region,
      resources: event.resources,
    });
    for (const target of targets)
      if (!this.#isOverheard(event) || target.functionName !== 'ami-rollout-start-campaign')
        queue(target.functionName, inputOf(target, event));
  }

  /** A scenario with a manual start is about that one; the image's own event would start another. */
  #isOverheard(event: EventEnvelope): boolean {
    return this.#options.isByHand && !this.imageHasArrived && event['detail-type'] === 'EC2 AMI State Change';
  }
}
