import { InstanceRefused } from '../../ports/instances.ts';
import type { Coverage } from '../../ports/scans.ts';
import { launchInstance, type LaunchedInstance } from '../instances/launch-instance.ts';
import { loseInstance } from '../instances/lose-instance.ts';
import type { ScanNeeds, ScanProvider } from './scan-provider.ts';

/** The gate that the instance is launched for. */
export const scanPurpose = 'Inspector Scan';

const failed = (reason: string): Coverage => ({ state: 'failed', reason, scannedAt: null });

/** EC2 and Inspector need a few minutes to agree that an instance is there. */
const settledAfterMinutes = 10;

/** Whether the instance has gone without anybody's telling: Inspector forgets an instance with its end. */
const hasGone = async (ports: ScanNeeds, { instanceId, launchedAt }: LaunchedInstance): Promise<boolean> => {
  const age = ports.clock.now().getTime() - Date.parse(launchedAt ?? '');
  if (!(age >= settledAfterMinutes * 60_000)) return false;
  const there = await ports.instances.list(ports.surroundings().hub);
  return !there.some(({ id }) => id === instanceId);
};

/**
 * An instance launched from the image, which Inspector scans as it scans every instance. Findings are those of the
 * instance's id; it is ended by whoever finishes the gate. One that EC2 takes away (Spot) is launched once more.
 */
export const scanInstance: ScanProvider = async (ports, { campaignId, image, deadline }) => {
  const launch = (): Promise<LaunchedInstance> => launchInstance(ports, { campaignId, purpose: scanPurpose, image });
  const { hub } = ports.surroundings();
  let instance: LaunchedInstance;
  let coverage: Coverage;
  try {
    instance = await launch();
    coverage = await ports.scans.coverage(hub, instance.instanceId);
    if (coverage.state === 'none' && (await hasGone(ports, instance))) {
      await loseInstance(ports, instance, instance.instanceId, 'it is gone, and nobody here has ended it');
      instance = await launch();
      coverage = await ports.scans.coverage(hub, instance.instanceId);
    }
  } catch (error) {
    if (!(error instanceof InstanceRefused)) throw error;
    const refused = failed(`the scan instance could not be launched: ${error.message}`);
    return { kind: 'over', coverage: refused, findings: null, by: { provider: 'instance' } };
  }
  const { instanceId, market, launchedAt, lost = [] } = instance;
  const by = { provider: 'instance', instanceId, market, launchedAt, lost };
  if (coverage.state === 'finished')
    return { kind: 'over', coverage, findings: await ports.scans.findings(hub, instanceId), by };
  if (coverage.state === 'failed') return { kind: 'over', coverage, findings: null, by };
  if (ports.clock.now() < deadline) return { kind: 'wait' };
  const { scanTimeoutHours } = ports.configuration().gates;
  const before = lost.length === 0 ? '' : `; EC2 had taken ${lost.join(' and ')} away before`;
  const reason = `Inspector has not scanned instance ${instanceId} within ${scanTimeoutHours} hours: ${coverage.reason}${before}`;
  return { kind: 'over', coverage: failed(reason), findings: null, by };
};
