import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { stackRecords } from '../store/stack-records.ts';
import { targetName } from '../target.ts';

/** One SSM parameter that tells a target which image is the family's current one. */
export interface PromotionTarget {
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  readonly parameter: string;
  readonly image: string;
}

/** The parameter's name: the family's pattern with `{family}` and `{environment}` filled in. */
export const promotionParameter = (pattern: string, family: string, environment: string): string =>
  pattern.replaceAll('{family}', family).replaceAll('{environment}', environment === '' ? 'default' : environment);

/** Where the image is promoted: each environment and target in which the campaign has moved or found a stack on the image. */
export const promotionTargets = async (
  ports: Pick<Ports, 'table' | 'configuration'>,
  campaign: Campaign,
): Promise<{ readonly targets: readonly PromotionTarget[]; readonly moved: number }> => {
  const pattern = ports.configuration().families.find(({ name }) => name === campaign.family)?.promotionParameter;
  const targets = new Map<string, PromotionTarget>();
  let moved = 0;
  for await (const record of stackRecords(ports, campaign.campaignId)) {
    const onImage = record.status === 'done' || isCurrent(record);
    if (record.status === 'done') moved += 1;
    const image = campaign.imageSet[record.region];
    if (!onImage || pattern === undefined || image === undefined) continue;
    const { account, region, environment } = record;
    const parameter = promotionParameter(pattern, campaign.family, environment);
    targets.set(`${targetName(record)}#${parameter}`, { account, region, environment, parameter, image });
  }
  return { targets: [...targets.values()], moved };
};

const isCurrent = ({ status, reason }: StackRecord): boolean => status === 'skipped' && reason === 'current';
