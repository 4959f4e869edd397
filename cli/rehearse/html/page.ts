import { html, raw } from 'hono/html';
import type { RehearsalReport, StackSummary } from '../../../rehearsal/report/rehearsal-report.ts';
import { clockTime, durationInWords } from '../../terminal/duration.ts';
import { plural } from '../../terminal/plural.ts';
import { outcomeWords } from '../../../domain/outcome-words.ts';
import { isException } from '../select-stacks.ts';
import { heatOf } from './heat.ts';
import { laneGroups, type Lane, type LaneGroup } from './lanes.ts';
import type { Recording, StackSpan } from './recording.ts';
import { ringRows, type StackRow } from './stack-rows.ts';
import { scaleOf, type Scale } from './scale.ts';
import { style } from './style.ts';

/** Escaped already; what the `html` template gives. */
type Markup = ReturnType<typeof html>;

/** Stacks with their reasons below the timeline, at most. */
const mostReasons = 100;

const hours = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

const took = (from: number, to: number): string => durationInWords((to - from) / 1000);

const bar = (scale: Scale, from: number, to: number, className: string, title: string): Markup => {
  const left = scale.at(from);
  // A moment at the very end would lie outside.
  const place = Math.min(left, 99.6).toFixed(2);
  return html`<i
    class="${className}"
    style="left:${place}%;width:${Math.max(0, scale.at(to) - left).toFixed(2)}%"
    title="${title}"
  ></i>`;
};

const row = (title: Markup | string, bars: readonly Markup[], tone: string, end: string): Markup =>
  html`<li class="row">
    <span>${title}</span><span class="track">${bars}</span><span class="end ${tone}">${end}</span>
  </li>`;

const laneRow = (scale: Scale, { title, from, to, tone, note }: Lane): Markup => {
  const time = `${clockTime(from)}, ${took(from, to)}`;
  return row(
    title,
    [bar(scale, from, to, tone, `${title}: ${time}`)],
    tone,
    tone === 'bad' ? `✗ ${note.split(':')[0] ?? ''}` : took(from, to),
  );
};

const spanClass = ({ status }: StackSpan): string =>
  status === 'done' ? 'good' : status === 'restored' ? 'warning' : 'bad';

const stackRow = (scale: Scale, end: number, { title, place, spans, many, tone, end: ended }: StackRow): Markup => {
  const bars = many
    ? heatOf(spans, scale).map(
        ({ from, to, level }) =>
          html`<i class="heat${level}" style="left:${from.toFixed(0)}%;width:${(to - from).toFixed(0)}%"></i>`,
      )
    : spans.map((span) => {
        const to = span.to ?? end;
        const reason = span.reason === '' ? '' : `: ${span.reason}`;
        return bar(
          scale,
          span.from,
          to,
          spanClass(span),
          `${clockTime(span.from)}, ${took(span.from, to)}, ${span.status}${reason}`,
        );
      });
  return row(place === '' ? title : html`${title} <span class="soft">${place}</span>`, bars, tone, ended);
};

const axis = (scale: Scale): Markup => {
  const last = scale.ticks.at(-1) ?? 0;
  const labels = scale.ticks.map(
    (tick) =>
      html`<span
        class="${tick === last && scale.at(tick) > 92 ? 'last' : ''}"
        style="left:${scale.at(tick).toFixed(2)}%"
        >${hours(tick)}</span
      >`,
  );
  return html`<div class="axis" aria-hidden="true">
    <span></span><span class="track">${labels}</span><span></span>
  </div>`;
};

const ringSummary = ({ rings }: Pick<RehearsalReport, 'rings'>, name: string): string => {
  const ring = rings.find((one) => one.ring === name);
  if (ring === undefined) return '';
  const counts = (['done', 'failed', 'skipped', 'restored', 'quarantined'] as const).flatMap((status) =>
    ring[status] === 0 ? [] : [`${ring[status].toLocaleString('en-US')} ${status}`],
  );
  return `${plural(ring.planned, 'stack')}: ${counts.join(', ')}`;
};

const group = (
  scale: Scale,
  recording: Recording,
  last: Pick<RehearsalReport, 'rings' | 'stacks'>,
  one: LaneGroup,
): Markup => {
  const stacks = one.ring === null ? [] : last.stacks.filter(({ ring }) => ring === one.ring);
  const { rows, note } = ringRows(stacks, recording.stacks);
  return html`<h3>
      ${one.title}${one.ring === null ? '' : html` <span class="soft">${ringSummary(last, one.ring)}</span>`}
    </h3>
    <ol class="rows">
      ${one.lanes.map((lane) => laneRow(scale, lane))}
    </ol>
    ${
      rows.length === 0
        ? ''
        : html`<details ${rows.length <= 12 || stacks.some(isException) ? 'open' : ''}>
            <summary>
              ${rows.some(({ many }) => many) ? `${plural(stacks.length, 'stack')}, by account and region` : plural(stacks.length, 'stack')}
            </summary>
            <ol class="rows">
              ${rows.map((each) => stackRow(scale, recording.end, each))}
            </ol>
            ${note === null ? '' : html`<p class="soft">${note}</p>`}
          </details>`
    }`;
};

const key = html`<ul class="key">
  ${[
    ['good', 'moved, passed'],
    ['warning', 'put back'],
    ['bad', 'failed'],
    ['person', 'waits for a person'],
    ['', 'in work'],
  ].map(
    ([className, meaning]) =>
      html`<li>
        <span class="track"><i class="${className}" style="left:0;width:100%"></i></span>${meaning}
      </li>`,
  )}
</ul>`;

const happened = ({ lines }: Recording): Markup =>
  html`<h2>What happened</h2>
    <table>
      <thead>
        <tr>
          <th>Time</th>
          <th>What</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ at, what, note, tone }) =>
            html`<tr class="${tone}">
              <td class="time">${clockTime(at)}</td>
              <td class="name">${what.trim()}</td>
              <td>${note}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;

/** It had its image and was put back with the others: nothing was wrong with it. */
const isPlainRestore = ({ status, reason }: StackSummary): boolean =>
  status === 'restored' && reason.startsWith('restored to');

const toLookAt = (stacks: readonly StackSummary[]): Markup | string => {
  const exceptions = stacks.filter((stack) => isException(stack) && !isPlainRestore(stack));
  if (exceptions.length === 0) return '';
  const back = stacks.filter(isPlainRestore).length;
  const left = exceptions.length - mostReasons;
  return html`<h2>Stacks to look at</h2>
    <table>
      <thead>
        <tr>
          <th>Stack</th>
          <th>Status</th>
          <th>Reason</th>
        </tr>
      </thead>
      <tbody>
        ${exceptions.slice(0, mostReasons).map(
          ({ stack, account, region, status, reason, after }) =>
            html`<tr>
              <td class="name">${stack}<br /><span class="soft">${account}/${region}</span></td>
              <td class="name">${status}</td>
              <td>${reason} <span class="soft">now: ${after}</span></td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${back > 0 ? html`<p class="soft">${plural(back, 'other stack')} had nothing wrong and went back with them.</p>` : ''}
    ${left > 0 ? html`<p class="soft">… and ${plural(left, 'more stack')}: rehearse --json lists them all.</p>` : ''}`;
};

const facts = (report: RehearsalReport, last: Pick<RehearsalReport, 'rings'>): Markup => {
  const refused = report.gates.filter(({ passed }) => !passed);
  const rows: [string, string][] = [
    ['Campaign', report.campaignId],
    [
      'Gates',
      refused.length === 0
        ? `all ${report.gates.length} passed`
        : refused.map(({ gate, reasons }) => `${gate}: ${reasons.join(' ')}`).join('; '),
    ],
    ...last.rings.map(({ ring }): [string, string] => [`Ring ${ring}`, ringSummary(last, ring)]),
    ['Time', `${durationInWords(report.virtualSeconds)} in virtual time`],
    ['Cost', `$${report.costUsd.toFixed(report.costUsd < 0.1 ? 4 : 2)} for a campaign like this, before free tiers`],
    ['Definition', `${report.definitionSha256.slice(0, 12)}, seed ${report.seed}`],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
};

const tones = { good: 'good', warning: 'warning', bad: 'bad' } as const;

/** A rehearsal as a page of its own: no script, nothing from elsewhere; as small for thousands of stacks as for a hundred. */
export const timelinePage = (
  report: RehearsalReport,
  recording: Recording,
  description: string | undefined,
): string => {
  const last = report.then ?? report;
  const rings = report.rings.map(({ ring }) => ring);
  const groups = laneGroups(recording.states, recording.lines, rings, recording.executions);
  const moments = groups.flatMap(({ lanes }) => lanes.flatMap(({ from, to }) => [from, to]));
  const scale = scaleOf(moments, recording.end);
  const { meaning, tone } = outcomeWords(report.outcome);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Rehearsal of ${report.scenario}: ${report.outcome}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <h1>Rehearsal of ${report.scenario}</h1>
        ${description === undefined ? '' : html`<p>${description}</p>`}
        <p><span class="badge ${tones[tone]}">${report.outcome}</span> ${meaning}</p>
        ${report.reason === '' ? '' : html`<p class="because">${report.reason}</p>`}
        ${report.then === null ? '' : html`<p>Then a rollback by ${report.then.by}: <b>${report.then.outcome}</b>. ${report.then.reason || report.then.message}</p>`}
        ${facts(report, last)}
        <h2>Timeline</h2>
        <p class="soft">
          Hours and minutes since the
          start${scale.isShortened ? '; waits over an hour and a half are drawn shorter than they are' : ''}.
        </p>
        ${key} ${axis(scale)} ${groups.map((one) => group(scale, recording, last, one))} ${toLookAt(last.stacks)}
        ${happened(recording)}
        <p class="soft">
          Made by ami-rollout rehearse: the machines as synthesized, the real handlers, a simulated AWS, virtual time.
          Nothing real was touched.
        </p>
      </body>
    </html> `;
  // A String object, and a promise only where a part of it is one.
  return ''.concat(page as string);
};
