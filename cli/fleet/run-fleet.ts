import type { Page } from '../api/answers.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { pages } from '../api/pages.ts';
import { ExitCode } from '../exit-code.ts';
import { fittedTable } from '../terminal/fitted-table.ts';
import { plural } from '../terminal/plural.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { adoptionWords, type Adoption } from './adoption-words.ts';

type Row = Readonly<Record<string, unknown>>;

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Prints rows as a table of these columns, or as they came. */
const print = (rows: readonly Row[], columns: readonly string[], nothing: string, json: boolean | undefined): void => {
  const terminal = standardOutput();
  if (json === true) terminal.write(`${JSON.stringify(rows)}\n`);
  else if (rows.length === 0) terminal.write(`${nothing}\n`);
  else {
    const cells = rows.map((row) => columns.map((name) => cell(row[name])));
    terminal.write(fittedTable(columns, cells, terminal));
  }
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

/** The options of `ami-rollout latest`. */
export interface LatestArguments extends ConnectionOptions {
  readonly os?: string;
  readonly family?: string;
  readonly built?: true;
  readonly arch: string;
  readonly imageRegion?: string;
}

/** `ami-rollout latest`. */
export const runLatest = async ({
  os,
  family,
  built,
  arch,
  imageRegion: region,
  ...options
}: LatestArguments): Promise<number> => {
  if (os === undefined && family === undefined) throw new UsageError('give --os or --family');
  if (built === true && family === undefined) throw new UsageError('--built needs --family');
  const client = await connect(options);
  if (family !== undefined && built === true) {
    const { items: images } = await client.call<Page<Row>>('GET', `/families/${family}/images`);
    const shown = images.map(({ isCurrent, isRevoked, ...image }) => ({
      ...image,
      state: isRevoked === true ? 'revoked' : isCurrent === true ? 'current' : '',
    }));
    const columns = ['image', 'region', 'name', 'architecture', 'builtAt', 'state'];
    const nothing = `No image of ${family} was built in the last 90 days: none has its tag or name.`;
    print(options.json === true ? images : shown, columns, nothing, options.json);
    return ExitCode.Done;
  }
  if (family !== undefined) {
    const items = await Array.fromAsync(pages<Row>(client, `/families/${family}/latest`));
    const columns = ['environment', 'account', 'region', 'image', 'at', 'campaignId'];
    print(items, columns, `Nothing was promoted for ${family} yet.`, options.json);
    return ExitCode.Done;
  }
  const found = await client.call<Row>('GET', '/images/latest', { query: { os, arch, region } });
  print([found], ['image', 'name', 'createdAt', 'region', 'parameter'], '', options.json);
  return ExitCode.Done;
};

interface Drift {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly image: string;
  readonly ageDays: number | null;
  readonly findings: readonly string[];
}

/** A page is some targets. */
type DriftPage = Page<Drift> & {
  readonly stacks: number;
  readonly unknown: readonly { readonly name: string; readonly reason: string }[];
};

/**
 * `ami-rollout drift`: exit code 0 whatever it finds, since who wants to fail on drift looks at the answer; 1 where a
 * part of the fleet could not be asked, of which the answer says nothing.
 */
export const runDrift = async (family: string | undefined, options: ConnectionOptions): Promise<number> => {
  const client = await connect(options);
  const items: Drift[] = [];
  const unknown: DriftPage['unknown'][number][] = [];
  let stacks = 0;
  let cursor: string | undefined;
  do {
    const page: DriftPage = await client.call('GET', '/drift', { query: { family, cursor } });
    items.push(...page.items);
    unknown.push(...page.unknown);
    stacks += page.stacks;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const terminal = standardOutput();
  const { write, colors } = terminal;
  if (options.json === true) write(`${JSON.stringify({ stacks, items, unknown })}\n`);
  else {
    if (items.length > 0)
      write(
        fittedTable(
          ['stack', 'account/region', 'image', 'days', 'findings'],
          items.map(({ stackName, account, region, image, ageDays, findings }) => [
            stackName,
            `${account}/${region}`,
            image,
            cell(ageDays),
            findings.join('; '),
          ]),
          terminal,
        ),
      );
    write(`${items.length} of ${plural(stacks, 'opted-in stack')} ${items.length === 1 ? 'drifts' : 'drift'}.\n`);
    for (const { name, reason } of unknown) write(colors.red(`not known: ${name}: ${reason}\n`));
  }
  return unknown.length === 0 ? ExitCode.Done : ExitCode.Failed;
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
