import type { Target } from '../target.ts';

/** How far Inspector is with an image. Only `finished` proves anything. */
export interface Coverage {
  readonly state: 'finished' | 'pending' | 'failed' | 'none';
  readonly reason: string;
  readonly scannedAt: string | null;
}

export interface Finding {
  readonly id: string;
  /** Unreadable: Inspector says none, or one that nobody here knows; such a finding cannot be judged. */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'informational' | 'untriaged' | 'unreadable';
  readonly title: string;
  readonly fixAvailable: boolean;
  readonly observedAt: string | null;
  /** Since when a fix is there, ISO 8601; null where nobody says. */
  readonly fixedSince?: string | null;
  /** Whether an exploit is known; null where nobody says. */
  readonly exploitKnown?: boolean | null;
}

export interface Scans {
  /** Of an image or an instance, by its id. */
  coverage(target: Target, resourceId: string): Promise<Coverage>;
  /** All pages. An empty list says nothing without finished coverage. */
  findings(target: Target, resourceId: string): Promise<readonly Finding[]>;
}
