import type { Command } from 'commander';
import { addDecision } from './add-decision.ts';

/** `ami-rollout reject`: ends a campaign; everything it touched goes back. */
export const addReject = (program: Command): void => {
  addDecision(program, {
    decision: 'reject',
    summary: 'reject a ring: everything touched goes back',
    description: 'Rejects a ring that asks for approval. One rejection is enough: every touched stack goes back.',
    exampleReason: 'error rate doubled on app-0002',
  });
};
