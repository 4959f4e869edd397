import type { StackStatus } from '../../domain/words.ts';
import type { Progress } from '../../rehearsal/run/progress.ts';
import type { RingTally } from './ring-tally.ts';
import type { TimelineLine, Tone } from './timeline-line.ts';

/** Rings of at most this many stacks are told stack by stack. */
const smallRing = 5;
/** Stacks of one ring and status that are told one by one; the others are counted. */
const mostListed = 10;

const tones: Readonly<Partial<Record<StackStatus, Tone>>> = {
  done: 'good',
  failed: 'bad',
  quarantined: 'bad',
  restored: 'warning',
  skipped: 'quiet',
};

/** What the timeline says about stacks: all of them in a small ring, else only those that did not just become done. */
export class StackLines {
  readonly #milestones: boolean;
  readonly #listed = new Map<string, number>();
  readonly #quarters = new Map<string, number>();

  constructor(milestones: boolean) {
    this.#milestones = milestones;
  }

  next(progress: Extract<Progress, { readonly kind: 'stack' }>, tally: RingTally): readonly TimelineLine[] {
    const { at, stack, status, reason } = progress;
    const lines: TimelineLine[] = [];
    const tone = tones[status] ?? 'quiet';
    if (status !== 'done' || tally.planned <= smallRing) {
      const listed = (this.#listed.get(`${tally.name} ${status}`) ?? 0) + 1;
      this.#listed.set(`${tally.name} ${status}`, listed);
      const note = reason === '' ? status : reason.startsWith(status) ? reason : `${status}: ${reason}`;
      if (listed <= mostListed) lines.push({ at, what: `  ${stack}`, note, tone });
      if (listed === mostListed + 1) lines.push({ at, what: '  …', note: `more are ${status}: see the table`, tone });
    }
    return [...lines, ...this.#milestone(at, tally)];
  }

  /** A line at each quarter of a large ring. */
  #milestone(at: number, tally: RingTally): TimelineLine[] {
    if (!this.#milestones || tally.planned <= smallRing) return [];
    const quarter = Math.floor((tally.known * 4) / tally.planned);
    if (quarter <= (this.#quarters.get(tally.name) ?? 0) || quarter >= 4) return [];
    this.#quarters.set(tally.name, quarter);
    const what = `  ${tally.name}`;
    return [{ at, what, note: `${tally.known} of ${tally.planned}: ${tally.words}`, tone: 'quiet' }];
  }
}
