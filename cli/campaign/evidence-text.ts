import type { CampaignStatus } from '../api/answers.ts';
import { wrap } from '../terminal/fit.ts';
import type { Terminal } from '../terminal/terminal.ts';

const labelWidth = 11;

/** What an approval of the ring rests on, in the words of the page and the mail. */
export const evidenceText = (status: CampaignStatus, ring: string, { columns, colors }: Terminal): string => {
  const approval = status.rings.find((one) => one.ring === ring)?.approval;
  const rows = [
    { label: 'Campaign', text: `${status.campaignId}, started by ${status.starter}` },
    { label: 'Image', text: `${status.image.id}, family ${status.family}` },
    ...(approval?.summary ?? []),
    { label: 'Plan', text: approval?.planHash ?? '' },
  ];
  const width = columns === null ? null : columns - labelWidth - 2;
  return `${rows
    .flatMap(({ label, text }) =>
      wrap(text, width).map((line, index) => `${colors.dim((index === 0 ? label : '').padEnd(labelWidth))} ${line}`),
    )
    .join('\n')}\n`;
};
