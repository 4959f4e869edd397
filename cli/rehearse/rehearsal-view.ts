import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import type { Progress } from '../../rehearsal/run/progress.ts';
import { clockTime } from '../terminal/duration.ts';
import { fit } from '../terminal/fit.ts';
import { LiveArea } from '../terminal/live-area.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { finalReport } from './final-report.ts';
import { ringBar } from './ring-bar.ts';
import { stackTable } from './stack-table.ts';
import { timelineLine } from './timeline-line.ts';
import { Timeline, type TimelineRing } from './timeline.ts';

/** A rehearsal as a person watches it: on a terminal with the rings' bars below the timeline, else line by line. */
export class RehearsalView {
  readonly #terminal: Terminal;
  readonly #timeline: Timeline;
  readonly #live: LiveArea | null;

  constructor(terminal: Terminal, rings: readonly TimelineRing[]) {
    this.#terminal = terminal;
    const isTerminal = terminal.columns !== null;
    this.#timeline = new Timeline(rings, { milestones: !isTerminal });
    this.#live = isTerminal ? new LiveArea(terminal) : null;
  }

  /** Lines before the first thing happens; synthesis may take a few seconds. */
  begin(heading: string): void {
    this.#print(heading);
    this.#live?.show(() => [this.#terminal.colors.dim('  preparing the machines …')]);
  }

  next(progress: Progress): void {
    const lines = this.#timeline.next(progress);
    if (lines.length > 0) this.#print(lines.map((line) => timelineLine(line, this.#terminal)).join(''));
    this.#live?.show(() => this.#bars(progress.at));
  }

  end(report: RehearsalReport): void {
    this.#live?.clear();
    const table = stackTable(report.stacks, this.#terminal);
    this.#print(`\n${table === '' ? '' : `${table}\n`}${finalReport(report, this.#terminal)}`);
  }

  /** Takes the moving lines away, so that an error's message stands alone. */
  abandon(): void {
    this.#live?.clear();
  }

  #print(text: string): void {
    if (this.#live === null) this.#terminal.write(text);
    else this.#live.print(text);
  }

  #bars(at: number): string[] {
    const { columns, colors } = this.#terminal;
    const width = (columns ?? 80) - 1;
    const planned = this.#timeline.tallies.filter((tally) => tally.planned > 0);
    const now = fit(`  ${clockTime(at)}  ${this.#timeline.state}`, width);
    return ['', ...planned.map((tally) => ringBar(tally, width, colors)), colors.dim(now)];
  }
}
