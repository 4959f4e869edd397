import type { Coverage, Finding } from '../ports/scans.ts';

/** An instance that a gate of a campaign has launched, or means to. */
export interface GateInstance {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The gate that needs it. */
  readonly purpose: string;
  readonly imageId: string;
  /** Null until EC2 has given it. */
  readonly instanceId: string | null;
  readonly market: 'spot' | 'on-demand' | null;
  readonly launchedAt: string | null;
  /** Whoever finds it alive after that ends it. */
  readonly expiresAt: string;
  /** Ids of those before it that EC2 has taken away; missing: none. */
  readonly lost?: readonly string[];
  /** What was found on it: Inspector forgets that with the instance. */
  readonly scan: { readonly coverage: Coverage; readonly findings: readonly Finding[] } | null;
}
