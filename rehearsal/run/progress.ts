import type { StackStatus } from '../../domain/words.ts';

/** What a watcher of a rehearsal is told while it runs; times are virtual milliseconds since the start. */
export type Progress =
  | { readonly kind: 'state'; readonly at: number; readonly machine: string; readonly state: string }
  | {
      readonly kind: 'plan';
      readonly at: number;
      readonly rings: readonly { readonly name: string; readonly stacks: number }[];
    }
  | {
      readonly kind: 'stack';
      readonly at: number;
      readonly ring: string;
      readonly stack: string;
      readonly status: StackStatus;
      readonly reason: string;
    }
  | {
      readonly kind: 'decision';
      readonly at: number;
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
