import { inspectorScan } from '../../contracts/inspector-scan.ts';
import { completeTask } from '../complete-task.ts';
import { judgeScan } from '../gates/inspector-scan.ts';
import type { Coverage } from '../ports/scans.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict, Wait } from '../records.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { forgetWait, storeWait } from '../store/waits.ts';
import { imageInUse } from './image-in-use.ts';
import { gatedImage, type GateTask } from './gated-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'scans' | 'surroundings' | 'executions'>;
type Task = GateTask & { readonly taskToken: string };

/** The key that Inspector's event for an image finds its waiter by. */
export const scanWaitKey = (imageId: string): string => `scan#${imageId}`;

const millisecondsPerDay = 86_400_000;

/** The verdict, or null while the scan is still to come. */
const judge = async (ports: Needs, task: GateTask): Promise<Verdict | null> => {
  const found = await gatedImage(ports, 'Inspector Scan', task);
  if ('rejected' in found) return found.rejected;
  const target = { account: ports.surroundings().hub.account, region: task.image.region };
  const coverage = await ports.scans.coverage(target, task.image.id);
  const now = ports.clock.now();
  // Inspector notices a new image within minutes; one that it has not noticed in a day it will never scan.
  const young = now.getTime() - Date.parse(found.image.createdAt) < millisecondsPerDay;
  const toCome = (given: Coverage) => given.state === 'pending' || (given.state === 'none' && young);
  if (toCome(coverage)) return null;
  const findings = coverage.state === 'finished' ? await ports.scans.findings(target, task.image.id) : null;
  const { family } = found.campaign;
  return judgeScan(coverage, findings, found.policy, now, {
    waivers: ports.configuration().gates.waivers,
    family,
    inUse: await imageInUse(ports, family, target, task.image.id),
  });
};

const finish = async (ports: Needs, task: Task, verdict: Verdict): Promise<void> => {
  await completeTask(ports, inspectorScan, task.taskToken, await recordVerdict(ports, task.campaignId, verdict));
  await forgetWait(ports, { key: scanWaitKey(task.image.id), member: task.campaignId, taskToken: task.taskToken });
};

/** The use case behind Inspector Scan: binds the token first and looks afterwards, so that no event falls between. */
export const scan =
  (ports: Needs) =>
  async (task: Task): Promise<void> => {
    const { campaignId, image, category, taskToken } = task;
    const now = ports.clock.now();
    await storeWait(ports, {
      key: scanWaitKey(image.id),
      member: campaignId,
      kind: 'scan',
      campaignId,
      taskToken,
      account: ports.surroundings().hub.account,
      region: image.region,
      stackId: null,
      direction: null,
      context: { campaignId, image, category },
      createdAt: now.toISOString(),
      overdueAt: new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * 60_000).toISOString(),
    });
    const verdict = await judge(ports, task);
    if (verdict) await finish(ports, task, verdict);
  };

/** Looks at a scan that somebody waits for; true where the wait is over. */
export const settleScan = async (ports: Needs, wait: Wait): Promise<boolean> => {
  const task = { ...(wait.context as unknown as GateTask), taskToken: wait.taskToken };
  const verdict = await judge(ports, task);
  if (verdict) await finish(ports, task, verdict);
  return verdict !== null;
};
