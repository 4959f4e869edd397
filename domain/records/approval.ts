import type { AutoApproval } from '../ring/auto-approval.ts';
import type { ApprovalEvidence } from '../ring/evidence.ts';

/** One request for approval of one ring. */
export interface Approval {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly ring: string;
  readonly image: string;
  readonly planHash: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  /** Distinct people that must agree. */
  readonly approversNeeded: number;
  /** The operators have been told. */
  readonly asked: boolean;
  /** What they decide on, and its hash as the trail has it; missing in requests of before. */
  readonly evidence?: ApprovalEvidence;
  readonly evidenceHash?: string;
  /** How a ring was judged that may approve itself; missing where it may not. */
  readonly auto?: AutoApproval;
  readonly decisions: readonly {
    readonly person: string;
    readonly decision: 'approve' | 'reject';
    readonly reason: string;
    readonly at: string;
  }[];
  readonly state: 'open' | 'approved' | 'rejected' | 'expired';
}
