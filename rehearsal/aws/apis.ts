import type { Operation, Operations } from './call.ts';
import { latencies } from './model.ts';

/** One operation of a simulated service, with what is asked about it at every request. */
export interface Api {
  /** `service.Operation`. */
  readonly name: string;
  readonly answer: Operation;
  /** Milliseconds. */
  readonly latency: number;
}

/** The operations of all simulated services. Their names are made once: every request counts under its own. */
export class Apis {
  readonly #services = new Map<string, Map<string, Api>>();

  /** Adds or extends a service, by IAM prefix. */
  register(service: string, operations: Operations): void {
    const known = this.#services.get(service) ?? new Map<string, Api>();
    this.#services.set(service, known);
    for (const [operation, answer] of Object.entries(operations)) {
      const name = `${service}.${operation}`;
      known.set(operation, { name, answer, latency: latencies[name] ?? latencies.api });
    }
  }

  find(service: string, operation: string): Api {
    const found = this.#services.get(service)?.get(operation);
    if (found === undefined) throw new Error(`The simulated AWS does not have ${service}.${operation}.`);
    return found;
  }
}
