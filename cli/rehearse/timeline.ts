import type { Progress } from '../../rehearsal/run/progress.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import { durationInWords } from '../terminal/duration.ts';
import { plural } from '../terminal/plural.ts';
import { RingTally } from './ring-tally.ts';
import { StackLines } from './stack-lines.ts';
import { stateWords } from './state-words.ts';
import type { TimelineLine, Tone } from './timeline-line.ts';

/** What the timeline knows of a ring before it starts. */
export interface TimelineRing {
  readonly name: string;
  readonly bakeMinutes: number;
}

type ProgressOf<K extends Progress['kind']> = Extract<Progress, { readonly kind: K }>;

/** Turns what a rehearsal tells into the lines that a person reads; keeps count of the rings on the way. */
export class Timeline {
  readonly tallies: readonly RingTally[];
  /** The state that the campaign is in. */
  state = '';
  readonly #rings: readonly TimelineRing[];
  readonly #stackLines: StackLines;
  readonly #campaigns: string[] = [];
  /** A task whose answer the next states will tell. */
  #open: { readonly state: string; readonly at: number } | null = null;
  #choiceSeen = false;

  /** @param milestones - whether a large ring says how far it is, for where nothing else shows it */
  constructor(rings: readonly TimelineRing[], { milestones }: { readonly milestones: boolean }) {
    this.#rings = rings;
    this.tallies = rings.map(({ name }) => new RingTally(name));
    this.#stackLines = new StackLines(milestones);
  }

  next(progress: Progress): readonly TimelineLine[] {
    switch (progress.kind) {
      case 'state':
        return this.#entered(progress);
      case 'plan':
        return this.#planned(progress);
      case 'stack':
        return this.#recorded(progress);
      case 'work':
        return [];
      case 'decision':
        return [this.#decided(progress)];
      case 'operation': {
        const { at, person, what, message } = progress;
        const title = what.charAt(0).toUpperCase() + what.slice(1);
        return [{ at, what: title, note: `${person}: ${message}`, tone: 'person' }];
      }
      case 'execution':
        return [this.#changed(progress)];
    }
  }

  #entered({ at, state }: ProgressOf<'state'>): TimelineLine[] {
    const words = stateWords(state);
    if (words.isChoice) {
      this.#choiceSeen = true;
      return [];
    }
    this.state = state;
    const lines = [...this.#answered(at, words.isRefusal), ...this.#announced(at, state)];
    this.#open = words.verdict === null ? null : { state, at };
    this.#choiceSeen = false;
    return lines;
  }

  /** The open task's answer, told by the state that follows: its refusal, or another one, or one without a choice. */
  #answered(at: number, refused: boolean): TimelineLine[] {
    const verdict = this.#open === null ? null : stateWords(this.#open.state).verdict;
    if (this.#open === null || verdict === null) return [];
    const { state } = this.#open;
    const tone: Tone = refused || !this.#choiceSeen ? 'bad' : 'good';
    const said = !this.#choiceSeen ? 'broke' : refused ? verdict.refused : verdict.passed;
    const counts = this.tallies.find(({ name }) => state === `Close Ring (${ringTitle(name)})`)?.words ?? '';
    const seconds = (at - this.#open.at) / 1000;
    const after = seconds < 60 ? '' : ` after ${durationInWords(seconds)}`;
    return [{ at, what: state, note: `${said}${after}${counts === '' ? '' : `: ${counts}`}`, tone }];
  }

  #announced(at: number, state: string): TimelineLine[] {
    const { announcement, verdict, isSilent, isRefusal } = stateWords(state);
    const line = (note: string, tone: Tone = 'plain') => [{ at, what: state, note, tone }];
    if (announcement !== null) return line(announcement, state.startsWith('Restore') ? 'warning' : 'plain');
    // A refusal that follows no verdict has nobody else to tell it.
    if (isRefusal) return this.#open === null ? line('', 'bad') : [];
    if (verdict !== null || isSilent) return [];
    for (const [index, { name, bakeMinutes }] of this.#rings.entries()) {
      const title = ringTitle(name);
      if (state === `${title} Ring`) return line(plural(this.tallies[index]?.planned ?? 0, 'stack'));
      if (state === `Bake ${title} Ring`) return line(`watched for ${durationInWords(bakeMinutes * 60)}`);
      if (state === `Approve ${title} Ring`) return line('approval asked', 'person');
    }
    return line('');
  }

  #planned({ at, rings }: ProgressOf<'plan'>): TimelineLine[] {
    for (const tally of this.tallies) tally.planned = rings.find(({ name }) => name === tally.name)?.stacks ?? 0;
    const note = rings.map(({ name, stacks }) => `${name} ${plural(stacks, 'stack')}`).join(', ');
    return [{ at, what: 'Plan Rings', note, tone: 'plain' }];
  }

  #recorded(progress: ProgressOf<'stack'>): readonly TimelineLine[] {
    const tally = this.tallies.find(({ name }) => name === progress.ring);
    if (tally === undefined) return [];
    tally.note(progress.stack, progress.status);
    return this.#stackLines.next(progress, tally);
  }

  #decided({ at, person, decision, ring }: ProgressOf<'decision'>): TimelineLine {
    const what = ring === '' ? 'Rollback' : `Approve ${ringTitle(ring)} Ring`;
    return { at, what, note: `${person} says: ${decision}`, tone: 'person' };
  }

  #changed({ at, name, status }: ProgressOf<'execution'>): TimelineLine {
    const restoring = this.#campaigns.some((campaign) => name.startsWith(`${campaign}-r`));
    const what = restoring ? 'Restore' : 'Campaign';
    if (status === 'RUNNING') {
      if (!restoring) this.#campaigns.push(name);
      return { at, what, note: `${name} started`, tone: restoring ? 'warning' : 'plain' };
    }
    if (status === 'SUCCEEDED') return { at, what, note: restoring ? 'everything is back' : 'succeeded', tone: 'good' };
    if (status === 'ABORTED') return { at, what, note: 'stopped from outside', tone: 'bad' };
    if (status === 'TIMED_OUT') return { at, what, note: 'timed out', tone: 'bad' };
    return { at, what, note: restoring ? 'not everything is back' : 'failed', tone: 'bad' };
  }
}
