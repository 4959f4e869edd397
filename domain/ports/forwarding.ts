import type { Target } from '../target.ts';

/** A rule that sends events on to the hub. */
export interface ForwardingRule {
  readonly name: string;
  readonly enabled: boolean;
  /** Its event pattern, as JSON. */
  readonly pattern: string;
}

/** How events of member accounts come to the hub. */
export interface Forwarding {
  /** The rules of a target that send to the hub's bus. Throws AccessDenied where the target does not let us look. */
  rules(target: Target): Promise<readonly ForwardingRule[]>;
  /** Who may send to the hub's bus, as a policy in JSON; empty: nobody else; undefined: there is no such bus. */
  busPolicy(): Promise<string | undefined>;
}
