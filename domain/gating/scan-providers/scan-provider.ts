import type { ImageFacts } from '../../ports/images.ts';
import type { Ports } from '../../ports/index.ts';
import type { Coverage, Finding } from '../../ports/scans.ts';

export type ScanNeeds = Pick<
  Ports,
  'table' | 'clock' | 'configuration' | 'images' | 'instances' | 'scans' | 'surroundings'
>;

/** What a provider is asked about. */
export interface ScanQuestion {
  readonly campaignId: string;
  readonly image: ImageFacts;
  /** Since when the gate waits, and until when it may. */
  readonly since: Date;
  readonly deadline: Date;
  /** No provider comes after this one: what it cannot prove stays unproved. */
  readonly isLast: boolean;
}

/** What a provider has: nothing yet, nothing at all, or a scan that is over, well or not. */
export type ScanProof =
  | { readonly kind: 'wait' }
  | { readonly kind: 'next'; readonly why: string }
  | {
      readonly kind: 'over';
      readonly coverage: Coverage;
      /** Null without a finished scan. */
      readonly findings: readonly Finding[] | null;
      /** What the proof rests on, for the evidence. */
      readonly by: Readonly<Record<string, unknown>>;
    };

/** One way to a proof that the image was scanned. It never waits by itself. */
export type ScanProvider = (ports: ScanNeeds, question: ScanQuestion) => Promise<ScanProof>;
