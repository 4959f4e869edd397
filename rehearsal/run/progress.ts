import type { StackStatus } from '../../domain/words.ts';

/** What a watcher of a rehearsal is told while it runs; times are virtual milliseconds since the start. */
export type Progress =
  | {
      readonly kind: 'state';
      readonly at: number;
      readonly machine: string;
      readonly campaignId: string;
      readonly state: string;
    }
  | {
      readonly kind: 'plan';
      readonly at: number;
      readonly campaignId: string;
      readonly rings: readonly { readonly name: string; readonly stacks: number }[];
    }
  | {
      /** The campaign begins to move a stack, or to put it back. */
      readonly kind: 'work';
      readonly at: number;
      readonly campaignId: string;
      readonly ring: string;
      readonly stack: string;
      readonly account: string;
      readonly region: string;
    }
  | {
      readonly kind: 'stack';
      readonly at: number;
      readonly campaignId: string;
      readonly ring: string;
      readonly stack: string;
      readonly account: string;
      readonly region: string;
      readonly status: StackStatus;
      readonly reason: string;
    }
  | {
      readonly kind: 'decision';
      readonly at: number;
      readonly campaignId: string;
      readonly person: string;
      readonly decision: string;
      readonly ring: string;
    }
  | {
      readonly kind: 'operation';
      readonly at: number;
      readonly person: string;
      readonly what: string;
      readonly message: string;
    }
  | { readonly kind: 'execution'; readonly at: number; readonly name: string; readonly status: string };
