import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { pages } from '../api/pages.ts';
import { ExitCode } from '../exit-code.ts';
import { plainTable } from '../terminal/plain-table.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { adoptionWords, type Adoption } from './adoption-words.ts';

type Row = Readonly<Record<string, unknown>>;

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Prints rows as a table of these columns, or as they came. */
const print = (rows: readonly Row[], columns: readonly string[], nothing: string, json: boolean | undefined): void => {
  const { write, colors } = standardOutput();
  if (json === true) {
    write(`${JSON.stringify(rows)}\n`);
    return;
  }
  if (rows.length === 0) {
    write(`${nothing}\n`);
    return;
  }
  const table = plainTable(columns, colors);
  for (const row of rows) table.push(columns.map((name) => cell(row[name])));
  write(`${table.toString()}\n`);
};

/** `ami-rollout history`. */
export const runHistory = async (family: string, options: ConnectionOptions): Promise<number> => {
  const rows = await Array.fromAsync(pages<Row>(await connect(options), `/families/${family}/history`));
  const columns = [
    'at',
    'environment',
    'account',
    'region',
    'image',
    'previousImage',
    'state',
    'adoption',
    'campaignId',
  ];
  const shown = rows.map((row) => ({
    ...row,
    adoption: row['adoption'] === null ? '' : adoptionWords(row['adoption'] as Adoption),
  }));
  print(options.json === true ? rows : shown, columns, `Nothing was promoted for ${family} yet.`, options.json);
  return ExitCode.Done;
};

/** `ami-rollout latest`. */
export const runLatest = async ({
  os,
  family,
  arch,
  imageRegion: region,
  ...options
}: ConnectionOptions & {
  readonly os?: string;
  readonly family?: string;
  readonly arch: string;
  readonly imageRegion?: string;
}): Promise<number> => {
  if (os === undefined && family === undefined) throw new UsageError('give --os or --family');
  const client = await connect(options);
  if (family !== undefined) {
    const { items } = await client.call<{ items: readonly Row[] }>('GET', `/families/${family}/latest`);
    const columns = ['environment', 'account', 'region', 'image', 'at', 'campaignId'];
    print(items, columns, `Nothing was promoted for ${family} yet.`, options.json);
    return ExitCode.Done;
  }
  const found = await client.call<Row>('GET', '/images/latest', { query: { os, arch, region } });
  print([found], ['image', 'name', 'createdAt', 'region', 'parameter'], '', options.json);
  return ExitCode.Done;
};

/** `ami-rollout drift`: exit code 0 whatever it finds; who wants to fail on drift looks at the answer. */
export const runDrift = async (family: string | undefined, options: ConnectionOptions): Promise<number> => {
  const rows = await Array.fromAsync(pages<Row>(await connect(options), '/drift', { family }));
  const columns = ['stackName', 'account', 'region', 'family', 'image', 'promoted', 'ageDays', 'findings'];
  const shown = rows.map((row) => ({ ...row, findings: (row['findings'] as readonly string[]).join('; ') }));
  print(options.json === true ? rows : shown, columns, 'Every opted-in stack is on its promoted image.', options.json);
  return ExitCode.Done;
};

/** `ami-rollout audit`. */
export const runAudit = async (
  campaign: string,
  stack: string | undefined,
  options: ConnectionOptions,
): Promise<number> => {
  const rows = await Array.fromAsync(pages<Row>(await connect(options), '/audit', { campaign, stack }));
  print(rows, ['sequence', 'at', 'who', 'what', 'why'], 'There are no decisions.', options.json);
  return ExitCode.Done;
};
