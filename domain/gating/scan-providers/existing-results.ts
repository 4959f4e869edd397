import type { ScanProvider } from './scan-provider.ts';

const millisecondsPerDay = 86_400_000;

/** Results that there are for the image itself, because Inspector covers machine images continuously. */
export const existingResults: ScanProvider = async (ports, { image, since, deadline, isLast }) => {
  const target = { account: ports.surroundings().hub.account, region: image.region };
  const coverage = await ports.scans.coverage(target, image.id);
  if (coverage.state === 'finished')
    return {
      kind: 'over',
      coverage,
      findings: await ports.scans.findings(target, image.id),
      by: { provider: 'existing' },
    };
  const now = ports.clock.now().getTime();
  const half = (since.getTime() + deadline.getTime()) / 2;
  if (coverage.state === 'pending' && (isLast || now < half)) return { kind: 'wait' };
  if (!isLast) return { kind: 'next', why: coverage.reason };
  // Inspector notices a new image within minutes; one that it has not noticed in a day it will never scan.
  const young = now - Date.parse(image.createdAt) < millisecondsPerDay;
  if (coverage.state === 'none' && young) return { kind: 'wait' };
  return { kind: 'over', coverage, findings: null, by: { provider: 'existing' } };
};
