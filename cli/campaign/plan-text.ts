import type { CampaignStatus } from '../api/answers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { fittedTable } from '../terminal/fitted-table.ts';
import { plural } from '../terminal/plural.ts';

/** What a campaign would change, as the API answers it. */
export interface Plan {
  readonly rings: readonly {
    readonly ring: string;
    readonly approval: string;
    readonly bakeMinutes: number;
    readonly stacks: readonly {
      readonly stackName: string;
      readonly account: string;
      readonly region: string;
      readonly mode: string;
      readonly image: string;
      readonly replacement: string | null;
    }[];
  }[];
  readonly skipped: readonly {
    readonly stackName: string;
    readonly account: string;
    readonly region: string;
    readonly reason: string;
  }[];
  readonly minutes: number;
  readonly costUsd: number;
}

/** What follows a ring. */
const then: Readonly<Record<string, string>> = {
  none: '',
  auto: ', then it goes on by itself if all stayed green',
  required: ', then a person approves',
};

/** The image is another one in each region. */
const imagesText = (plan: Plan): string => {
  const images = new Map(plan.rings.flatMap(({ stacks }) => stacks).map(({ region, image }) => [region, image]));
  return [...images].map(([region, image]) => `${image} in ${region}`).join(', ');
};

/** A plan for people. */
export const planText = (plan: Plan, status: CampaignStatus, terminal: Terminal): string => {
  const { colors } = terminal;
  const parts: string[] = [
    `${colors.bold(status.campaignId)}: ${status.family} → ${status.image.id}, ${status.outcome ?? 'running'}`,
  ];
  if (status.reason !== '') parts.push(status.reason);
  const images = imagesText(plan);
  if (images !== '') parts.push(`Stacks move to ${images}.`);
  for (const { ring, stacks, bakeMinutes, approval } of plan.rings) {
    parts.push(
      '',
      colors.bold(`${ring} ring: ${plural(stacks.length, 'stack')}`) +
        `, watched for ${bakeMinutes} min${then[approval] ?? ', then a person approves'}`,
    );
    if (stacks.length === 0) continue;
    const rows = stacks.map(({ stackName, account, region, mode, replacement }) => [
      stackName,
      `${account}/${region}`,
      mode,
      replacement ?? 'not read',
    ]);
    parts.push(fittedTable(['stack', 'account/region', 'mode', 'instances are replaced'], rows, terminal).trimEnd());
  }
  if (plan.skipped.length > 0) {
    parts.push('', colors.bold(`skipped: ${plural(plan.skipped.length, 'stack')}`));
    const rows = plan.skipped.map(({ stackName, account, region, reason }) => [
      stackName,
      `${account}/${region}`,
      reason,
    ]);
    parts.push(fittedTable(['stack', 'account/region', 'reason'], rows, terminal).trimEnd());
  }
  for (const { name, reason } of status.leftOut) parts.push(`left out: ${name}: ${reason}`);
  parts.push(
    '',
    `About ${plan.minutes} min without the time of approvals, about $${plan.costUsd.toFixed(4)} for ami-rollout itself.`,
    '',
  );
  return parts.join('\n');
};
