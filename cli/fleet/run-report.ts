import { writeFile } from 'node:fs/promises';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';

/** The arguments of `ami-rollout report`. */
export interface ReportArguments extends ConnectionOptions {
  readonly format?: string;
  readonly out?: string;
}

/** `ami-rollout report`: the report that was kept at the campaign's end, as it was written. */
export const runReport = async (campaignId: string, { format, out, ...options }: ReportArguments): Promise<number> => {
  const wanted = format ?? (options.json === true ? 'json' : 'text');
  const report = await (await connect(options)).text(`/campaigns/${campaignId}/report`, { query: { format: wanted } });
  const text = report.endsWith('\n') ? report : `${report}\n`;
  if (out === undefined) standardOutput().write(text);
  else await writeFile(out, text);
  return ExitCode.Done;
};
