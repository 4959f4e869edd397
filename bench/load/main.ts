import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { apiLoad } from './api.ts';
import { duplicates, everythingOverdue, manyCampaigns, type LoadRun } from './rehearsed.ts';

// `npm run load`: much of everything at once.
const { values } = parseArgs({
  options: {
    /** Part of the names of those to run: campaigns, overdue, duplicates, api. */
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});

const loads: Readonly<Record<string, () => Promise<LoadRun>>> = {
  campaigns: () => manyCampaigns(200),
  overdue: () => everythingOverdue(10_000),
  duplicates: () => duplicates(1_000),
  api: () => apiLoad(200, 60),
};

const runs: LoadRun[] = [];
for (const [name, load] of Object.entries(loads)) {
  if (!name.includes(values.only)) continue;
  const run = await load();
  runs.push(run);
  console.log(`${run.passed ? 'ok    ' : 'failed'}  ${run.what}: ${run.result} (${run.seconds} s)`);
}
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  const shown = runs.map(({ what, result, seconds }) => ({ what, result, seconds }));
  writeFileSync(values.json, `${JSON.stringify({ runs: shown }, null, 2)}\n`);
}
process.exitCode = runs.every(({ passed }) => passed) && runs.length > 0 ? 0 : 1;
