import type { Command } from 'commander';
import { addDecision } from './add-decision.ts';

/** `ami-rollout approve`: lets a campaign go on to its next ring. */
export const addApprove = (program: Command): void => {
  addDecision(program, {
    decision: 'approve',
    summary: 'approve a ring: the campaign goes on',
    description: 'Approves a ring that asks for it. When enough people have approved, the campaign goes on.',
    exampleReason: 'canaries healthy for an hour',
  });
};
