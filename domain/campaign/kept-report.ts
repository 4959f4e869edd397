import type { Ports } from '../ports/index.ts';
import type { FinalReport } from './final-report.ts';
import type { ReportFormat } from '../words.ts';
import { reportHtml } from './report-html.ts';
import { allShown, reportText } from './report-text.ts';

const extensions: Readonly<Record<ReportFormat, string>> = { html: 'html', text: 'txt', json: 'json' };

/** The media type of each form. */
export const reportTypes: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  json: 'application/json',
};

const reportKey = (campaignId: string, format: ReportFormat): string =>
  `campaigns/${campaignId}/report.${extensions[format]}`;

/** Keeps the report in its three forms; the one that is read back comes last. */
export const keepReport = async ({ planStore }: Pick<Ports, 'planStore'>, report: FinalReport): Promise<void> => {
  const { campaignId } = report;
  await planStore.putText(reportKey(campaignId, 'html'), reportHtml(report), reportTypes.html);
  await planStore.putText(reportKey(campaignId, 'text'), `${reportText(report, allShown)}\n`, reportTypes.text);
  await planStore.put(reportKey(campaignId, 'json'), report);
};

export const readReport = async ({ planStore }: Pick<Ports, 'planStore'>, campaignId: string): Promise<FinalReport> =>
  (await planStore.get(reportKey(campaignId, 'json'))) as FinalReport;

/** The report as it was kept. */
export const keptReport = (
  { planStore }: Pick<Ports, 'planStore'>,
  campaignId: string,
  format: ReportFormat,
): Promise<string> => planStore.getText(reportKey(campaignId, format));
