import type { Table } from '../../domain/ports/table.ts';
import { approvalWaitKey } from '../../domain/ring/settle-approval.ts';
import { findWait } from '../../domain/store/waits.ts';
import type { Engine } from '../engine/engine.ts';
import { ServiceError } from '../engine/service-error.ts';
import type { EventLog } from '../event-log.ts';

/** Somebody who may complete tasks says that a ring is approved, past the product. */
export const forgeApproval = async (
  { table, engine, log }: { readonly table: Table; readonly engine: Engine; readonly log: EventLog },
  campaignId: string,
  ring: string,
): Promise<void> => {
  const wait = await findWait({ table }, approvalWaitKey(campaignId, ring));
  if (wait === undefined) return;
  log.write(Date.now(), 'fault', { forged: ring });
  try {
    engine.sendTaskSuccess(wait.taskToken, JSON.stringify({ decision: 'approved' }));
  } catch (error) {
    // Whoever forges may come too late.
    if (!(error instanceof ServiceError)) throw error;
  }
};
