import { InstanceRefused } from '../../ports/instances.ts';
import type { Coverage } from '../../ports/scans.ts';
import { launchInstance, type LaunchedInstance } from '../instances/launch-instance.ts';
import type { ScanProvider } from './scan-provider.ts';

/** The gate that the instance is launched for. */
export const scanPurpose = 'Inspector Scan';

const failed = (reason: string): Coverage => ({ state: 'failed', reason, scannedAt: null });

/**
 * An instance launched from the image, which Inspector scans as it scans every instance. Findings are those of the
 * instance's id; it is ended by whoever finishes the gate.
 */
export const scanInstance: ScanProvider = async (ports, { campaignId, image, deadline }) => {
  let instance: LaunchedInstance;
  try {
    instance = await launchInstance(ports, { campaignId, purpose: scanPurpose, image });
  } catch (error) {
    if (!(error instanceof InstanceRefused)) throw error;
    const coverage = failed(`the scan instance could not be launched: ${error.message}`);
    return { kind: 'over', coverage, findings: null, by: { provider: 'instance' } };
  }
  const { instanceId, market, launchedAt } = instance;
  const by = { provider: 'instance', instanceId, market, launchedAt };
  const { hub } = ports.surroundings();
  const coverage = await ports.scans.coverage(hub, instanceId);
  if (coverage.state === 'finished')
    return { kind: 'over', coverage, findings: await ports.scans.findings(hub, instanceId), by };
  if (coverage.state === 'failed') return { kind: 'over', coverage, findings: null, by };
  if (ports.clock.now() < deadline) return { kind: 'wait' };
  const { scanTimeoutHours } = ports.configuration().gates;
  const reason = `Inspector has not scanned instance ${instanceId} within ${scanTimeoutHours} hours: ${coverage.reason}`;
  return { kind: 'over', coverage: failed(reason), findings: null, by };
};
