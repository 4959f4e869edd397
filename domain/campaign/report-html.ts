import { drillWords } from '../drill/drill-words.ts';
import { groups, groupTitles } from '../telling/words.ts';
import type { FinalReport } from './final-report.ts';
import { reportRows } from './report-text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names, tags and reasons come from outside. */
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** The whole style: both color schemes, no font or picture from anywhere. A reader of the page may allow exactly this. */
export const reportStyle = `
:root { color-scheme: light dark; --text: #1c1e21; --ground: #fff; --line: #c9ced6; --good: #14652f; --warning: #7a4b00; --bad: #a11212; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --ground: #16181c; --line: #434953; --good: #7bd88f; --warning: #f0b866; --bad: #ff8f87; }
}
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1.good { color: var(--good); } h1.warning { color: var(--warning); } h1.bad { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { font-weight: 600; } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; } th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } thead { display: none; } tr, td { display: block; border: 0; } tr { border-bottom: 1px solid var(--line); } }
`;

/** Stacks of one kind that the page names; the text and JSON have all of them. */
const most = 2_000;

const table = (report: FinalReport): string =>
  groups
    .map((group) => {
      const { total, first } = report.stacks[group];
      if (total === 0) return '';
      const rows = first
        .slice(0, most)
        .map(
          ({ stack, account, region, status, reason }) =>
            `<tr><td>${escaped(stack)}</td><td>${escaped(`${account}/${region}`)}</td><td>${escaped(status)}</td><td>${escaped(reason)}</td></tr>`,
        );
      const more =
        total > rows.length ? `<p>… and ${total - rows.length} more: see the report as text or JSON.</p>` : '';
      return `<h2>${groupTitles[group]} (${total})</h2>
<table><thead><tr><th scope="col">Stack</th><th scope="col">Target</th><th scope="col">Status</th><th scope="col">Reason</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>${more}`;
    })
    .join('\n');

/** The report as one file that needs no other: what the text says, as a page. */
export const reportHtml = (report: FinalReport): string => {
  const { outcome, reason, campaignId, leftOut, drill = null } = report;
  const { meaning, next, tone } = drillWords(outcome, drill);
  const rows = reportRows(report).map(
    ([label, lines]) => `<dt>${label}</dt><dd>${lines.map(escaped).join('<br>')}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${outcome}: ${campaignId}`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1 class="${tone}">${outcome}</h1>
<p>${escaped(meaning)} <b>${escaped(next)}</b></p>
${reason === '' ? '' : `<p>Why: ${escaped(reason)}</p>`}
<dl>
${rows.join('\n')}
</dl>
${table(report)}
${
  leftOut.length === 0
    ? ''
    : `<h2>Left out</h2>\n<ul>${leftOut.map(({ name, reason: why }) => `<li>${escaped(name)}: ${escaped(why)}</li>`).join('')}</ul>`
}
</main>
</body>
</html>
`;
};
