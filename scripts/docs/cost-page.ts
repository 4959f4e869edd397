import { readFileSync } from 'node:fs';
import { keptResult } from '../../bench/kept.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import rollout from '../../rollout.config.ts';
import { between } from './between.ts';
import { campaignTable, costsTable } from './cost-tables.ts';
import { dollars, table } from './figures.ts';

const page = new URL('../../docs/cost.md', import.meta.url);

/** Prices of a month of what is there whether or not anything is moved; the page links where they stand. */
const monthly = [
  ['AWS::CloudWatch::Alarm', 'CloudWatch alarms', 0.1],
  ['AWS::CloudWatch::Dashboard', 'CloudWatch dashboard', 3],
  ['AWS::KMS::Key', 'KMS key', 1],
] as const;

const monthlyTable = (): string => {
  const { Resources } = synthesizeHub(parseConfiguration(rollout), { bundle: false });
  const rows = monthly.map(([type, what, price]) => {
    const count = Object.values(Resources).filter(({ Type }) => Type === type).length;
    return { what, count, price, usd: count * price };
  });
  return table([
    ['what', 'how many', 'each', 'a month'],
    ['---', '---', '---', '---'],
    ...rows.map(({ what, count, price, usd }) => [what, String(count), dollars(price), dollars(usd)]),
    ['all', '', '', dollars(rows.reduce((sum, { usd }) => sum + usd, 0))],
  ]);
};

/** docs/cost.md with what the bench has counted and what the hub stack has; everything else in it is written by hand. */
export const costPage = (): string => {
  const result = keptResult();
  return [
    ['cost of a campaign', campaignTable(result)] as const,
    ['cost of a month', monthlyTable()] as const,
    ['costs of the bench', costsTable(result)] as const,
  ].reduce((text, [name, content]) => between(text, name, content), readFileSync(page, 'utf8'));
};
