import { inspectorScan } from '../../contracts/inspector-scan.ts';
import { completeTask } from '../complete-task.ts';
import { judgeScan } from '../gates/inspector-scan.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records/verdict.ts';
import type { Wait } from '../records/wait.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { forgetWait, storeGateWait } from '../store/waits.ts';
import { changeGateInstance } from '../store/gate-instances.ts';
import { releaseInstances } from './instances/end-instances.ts';
import { proveScan } from './scan-providers/prove-scan.ts';
import { scanPurpose } from './scan-providers/scan-instance.ts';
import type { ScanNeeds } from './scan-providers/scan-provider.ts';
import { imageInUse } from './image-in-use.ts';
import { gatedImage, type GateTask } from './gated-image.ts';
import { skippedVerdict } from './skipped.ts';
import { noteOnImage } from './image-tags/note-on-image.ts';
import { imageTags } from '../words.ts';

type Needs = ScanNeeds & Pick<Ports, 'executions' | 'functions' | 'metrics'>;
type Task = GateTask & { readonly taskToken: string };

/** The key that Inspector's event for an image finds its waiter by. */
export const scanWaitKey = (imageId: string): string => `scan#${imageId}`;

/** The sweep looks every few minutes, and the state's own timeout is to be the last resort. */
const marginMinutes = 15;

/** Findings that a record keeps; an instance's are gone with it. */
const mostKept = 1500;

/** The verdict, or null while the scan is still to come. */
const judge = async (ports: Needs, task: GateTask, since: Date, deadline: Date): Promise<Verdict | null> => {
  const found = await gatedImage(ports, 'Inspector Scan', task);
  if ('rejected' in found) return found.rejected;
  const { campaign, image, policy } = found;
  const proof = await proveScan(ports, { campaignId: task.campaignId, image, since, deadline });
  if (proof.kind !== 'over') return null;
  const { coverage, findings } = proof;
  if (proof.by['provider'] === 'instance' && findings && findings.length <= mostKept)
    await changeGateInstance(
      ports,
      { campaignId: task.campaignId, purpose: scanPurpose },
      { scan: { coverage, findings } },
    );
  return judgeScan(coverage, findings, policy, ports.clock.now(), {
    waivers: ports.configuration().gates.waivers,
    family: campaign.family,
    inUse: await imageInUse(ports, campaign),
    provider: { proof: proof.by },
  });
};

const finish = async (ports: Needs, task: Task, verdict: Verdict, startedAt: Date): Promise<void> => {
  const recorded = await recordVerdict(ports, task.campaignId, verdict, startedAt);
  await noteOnImage(ports, task.campaignId, imageTags.scanStatus, verdict);
  await releaseInstances(ports, task.campaignId, scanPurpose);
  await completeTask(ports, inspectorScan, task.taskToken, recorded);
  await forgetWait(ports, { key: scanWaitKey(task.image.id), member: task.campaignId, taskToken: task.taskToken });
};

/** The use case behind Inspector Scan: binds the token first and looks afterwards, so that no event falls between. */
export const scan =
  (ports: Needs) =>
  async (task: Task): Promise<void> => {
    const { campaignId, image, category, taskToken } = task;
    const now = ports.clock.now();
    const skipped = skippedVerdict(ports, 'Inspector Scan', category);
    if (skipped) {
      await finish(ports, task, skipped, now);
      return;
    }
    const { gates, stacks } = ports.configuration();
    const after = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);
    const deadlineOf = (since: Date): Date => after(since, gates.scanTimeoutHours * 60 - marginMinutes);
    const since = await storeGateWait(ports, now, (first) => ({
      key: scanWaitKey(image.id),
      member: campaignId,
      kind: 'scan',
      campaignId,
      taskToken,
      account: ports.surroundings().hub.account,
      region: image.region,
      stackId: null,
      direction: null,
      context: { campaignId, image, category, deadline: deadlineOf(first).toISOString() },
      createdAt: first.toISOString(),
      overdueAt: after(now, stacks.overdueMinutes).toISOString(),
    }));
    const verdict = await judge(ports, task, since, deadlineOf(since));
    if (verdict) await finish(ports, task, verdict, since);
  };

/** Looks at a scan that somebody waits for; true where the wait is over. */
export const settleScan = async (ports: Needs, wait: Wait): Promise<boolean> => {
  const task = { ...(wait.context as unknown as GateTask), taskToken: wait.taskToken };
  const { deadline } = wait.context as { deadline?: string };
  const since = new Date(wait.createdAt);
  const verdict = await judge(ports, task, since, deadline === undefined ? since : new Date(deadline));
  if (verdict) await finish(ports, task, verdict, since);
  return verdict !== null;
};
