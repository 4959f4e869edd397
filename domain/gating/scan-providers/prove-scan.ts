import { existingResults } from './existing-results.ts';
import { scanInstance } from './scan-instance.ts';
import type { ScanNeeds, ScanProof, ScanProvider, ScanQuestion } from './scan-provider.ts';

const providers: Readonly<Record<'existing' | 'instance', ScanProvider>> = {
  existing: existingResults,
  instance: scanInstance,
};

/** Asks the configured providers in their order until one has a proof, or has something to wait for. */
export const proveScan = async (ports: ScanNeeds, question: Omit<ScanQuestion, 'isLast'>): Promise<ScanProof> => {
  const names = ports.configuration().gates.scanProviders;
  const passedOver: string[] = [];
  for (const [index, name] of names.entries()) {
    const proof = await providers[name](ports, { ...question, isLast: index === names.length - 1 });
    if (proof.kind === 'next') passedOver.push(`${name}: ${proof.why}`);
    else if (proof.kind === 'over') return { ...proof, by: { ...proof.by, passedOver } };
    else return proof;
  }
  const coverage = {
    state: 'none',
    reason: passedOver.join('; ') || 'no provider is configured',
    scannedAt: null,
  } as const;
  return { kind: 'over', coverage, findings: null, by: { passedOver } };
};
