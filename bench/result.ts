import type { Bundles } from './bundles/measure-bundles.ts';
import type { Way } from './cost/compare.ts';
import type { Discovery } from './rehearsals/discovery.ts';
import type { Figures } from './rehearsals/figures.ts';
import type { Measured } from './rehearsals/measured.ts';

/** One rehearsal with what it is judged by. */
export interface SizedRun {
  readonly stacks: number;
  readonly outcome: string;
  readonly figures: Figures;
  /** Per stack, by `service.Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly run: Measured;
}

/** What came of a start over HTTP, and how long the answer took in virtual time. */
export interface StartOverHttp {
  readonly milliseconds: number;
  readonly statusCode: number;
}

/** What the bench writes as JSON. */
export interface BenchResult extends Bundles {
  readonly at: string;
  readonly node: string;
  readonly pricesAsOf: string;
  readonly runs: readonly SizedRun[];
  /** The largest size, after a campaign that has left how long each stack took. */
  readonly again: SizedRun;
  /** The largest size with a rejected full ring. */
  readonly restored: SizedRun;
  /** Exponents over the sizes of `runs`. */
  readonly growth: Readonly<Record<string, number>>;
  /** From an image's event at the hub to the started campaign, in virtual time, with the largest fleet. */
  readonly answerMs: number;
  /** From a person's request to the answer with the campaign's id, in virtual time, with the largest fleet. */
  readonly httpAnswerMs: number;
  readonly discovery: readonly (Discovery & { readonly fleet: string })[];
  readonly costs: { readonly stacks: number; readonly ways: readonly Way[] };
  readonly restoredCost: number;
  readonly middyMicroseconds: number;
  readonly synth: { readonly importMs: number; readonly definitionsMs: number; readonly withBundlesMs: number };
}
