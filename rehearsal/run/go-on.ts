import type { Table } from '../../domain/ports/table.ts';
import type { World } from '../aws/world.ts';
import { announceImage } from '../scenario/create-images.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { RunImage } from './run-image.ts';

/**
 * Goes on where an earlier run has stopped: the table is as it was left. Executions that ran then have ended with the run they
 * were in, and the product is told so.
 */
export const goOn = async (
  { items, running }: RunImage,
  { table, world, image }: { readonly table: Table; readonly world: World; readonly image: Scenario['image'] },
  publishStatus: (executionArn: string, detail: Readonly<Record<string, unknown>>) => void,
): Promise<void> => {
  await table.putAll(items);
  const isScanned = [...world.newImage].every(
    ([region, id]) => world.images.get(region, id)?.scan.scannedAt !== undefined,
  );
  if (!isScanned) announceImage(world, image);
  for (const { executionArn, stateMachineArn, name, startDate } of running)
    publishStatus(executionArn, {
      executionArn,
      stateMachineArn,
      name,
      status: 'ABORTED',
      startDate,
      stopDate: Date.now(),
    });
};
