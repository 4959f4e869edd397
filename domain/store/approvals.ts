import type { Ports } from '../ports/index.ts';
import type { Approval } from '../records/approval.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

export const findApproval = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  ring: string,
): Promise<Approval | undefined> => {
  const item = await table.get(keys.approval(campaignId, ring));
  return item && typedItem<Approval>(item);
};
