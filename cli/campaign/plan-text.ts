import type { CampaignStatus } from '../api/answers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { plainTable } from '../terminal/plain-table.ts';
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

/** A plan for people. */
export const planText = (plan: Plan, status: CampaignStatus, { colors }: Terminal): string => {
  const parts: string[] = [
    `${colors.bold(status.campaignId)}: ${status.family} → ${status.image.id}, ${status.outcome ?? 'running'}`,
  ];
  if (status.reason !== '') parts.push(status.reason);
  for (const { ring, stacks, bakeMinutes, approval } of plan.rings) {
    parts.push(
      '',
      colors.bold(`${ring} ring: ${plural(stacks.length, 'stack')}`) +
        `, watched for ${bakeMinutes} min${approval === 'none' ? '' : approval === 'auto' ? ', then it goes on by itself if all stayed green' : ', then a person approves'}`,
    );
    if (stacks.length === 0) continue;
    const table = plainTable(['stack', 'account/region', 'mode', 'instances are replaced', 'to'], colors);
    for (const { stackName, account, region, mode, replacement, image } of stacks)
      table.push([stackName, `${account}/${region}`, mode, replacement ?? '?', image]);
    parts.push(table.toString());
  }
  if (plan.skipped.length > 0) {
    parts.push('', colors.bold(`skipped: ${plural(plan.skipped.length, 'stack')}`));
    const table = plainTable(['stack', 'account/region', 'reason'], colors);
    for (const { stackName, account, region, reason } of plan.skipped)
      table.push([stackName, `${account}/${region}`, reason]);
    parts.push(table.toString());
  }
  parts.push(
    '',
    `About ${plan.minutes} min without the time of approvals, about $${plan.costUsd.toFixed(4)} for ami-rollout itself.`,
    '',
  );
  return parts.join('\n');
};
