import { reasonText } from '../gates/verdict.ts';
import { canonicalJson, sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { schemaVersion, type Verdict } from '../records.ts';
import { noteDecision } from './campaigns.ts';
import { keys } from './keys.ts';
import { typedItems } from './typed-item.ts';

export type StoredVerdict = Verdict & { readonly schemaVersion: number; readonly ring: string | null };

/** Stores the verdict with its evidence and notes it in the campaign's trail; gives what the state's result shows. */
export const recordVerdict = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  campaignId: string,
  verdict: Verdict,
  ring: string | null = null,
): Promise<{ verdict: { gate: string; passed: boolean; reason: string } }> => {
  const reason = reasonText(verdict);
  await noteDecision(ports, campaignId, {
    who: verdict.gate,
    what: `${verdict.gate}: ${verdict.passed ? 'passed' : 'rejected'}${ring === null ? '' : ` (${ring})`}`,
    why: reason,
    evidence: { sha256: sha256(canonicalJson(verdict.evidence)) },
  });
  const stored: StoredVerdict = { ...verdict, schemaVersion, ring };
  await ports.table.put(keys.verdict(campaignId, verdict.gate, verdict.at), { ...stored });
  return { verdict: { gate: verdict.gate, passed: verdict.passed, reason } };
};

/** All verdicts of a campaign, by gate and time. */
export const verdictsOf = ({ table }: Pick<Ports, 'table'>, campaignId: string): AsyncGenerator<StoredVerdict> =>
  typedItems<StoredVerdict>(table, { partition: keys.campaign(campaignId).pk, prefix: 'VERDICT#' });
