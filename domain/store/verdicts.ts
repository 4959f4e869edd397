import { reasonText } from '../gates/verdict.ts';
import { canonicalJson, sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Write } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Verdict } from '../records/verdict.ts';
import { changeCampaign } from './campaigns.ts';
import { keys } from './keys.ts';
import { typedItems } from './typed-item.ts';

export type StoredVerdict = Verdict & {
  readonly schemaVersion: number;
  /** When the gate was asked; ISO 8601. Its wait for others, such as a scan or an answer, counts. */
  readonly startedAt: string;
  readonly ring: string | null;
};

/** Stores the verdict with its evidence together with its entry in the campaign's trail, once; gives what the state's result shows. */
export const recordVerdict = async (
  ports: Pick<Ports, 'table' | 'clock' | 'metrics'>,
  campaignId: string,
  verdict: Verdict,
  startedAt: Date | string,
  ring: string | null = null,
): Promise<{ verdict: { gate: string; passed: boolean; reason: string } }> => {
  const reason = reasonText(verdict);
  const began = typeof startedAt === 'string' ? startedAt : startedAt.toISOString();
  const stored: StoredVerdict = { ...verdict, schemaVersion, startedAt: began, ring };
  const key = keys.verdict(campaignId, verdict.gate, verdict.at);
  const decision = {
    who: verdict.gate,
    what: `${verdict.gate}: ${verdict.passed ? 'passed' : 'rejected'}${ring === null ? '' : ` (${ring})`}`,
    why: reason,
    evidence: { sha256: sha256(canonicalJson(verdict.evidence)), startedAt: began },
  };
  const write: Write = { kind: 'put', key, item: { ...stored }, condition: { exists: false } };
  try {
    const { drill } = await changeCampaign(ports, campaignId, {}, decision, {}, [write]);
    // The pass rate is that of builds; a drill may take an older one.
    if (verdict.skipped !== true && !drill)
      ports.metrics.put('gatePassed', verdict.passed ? 1 : 0, { gate: verdict.gate });
  } catch (error) {
    // The same verdict, recorded by who came first.
    if (!(error instanceof ConditionFailed) || error.key.sk !== key.sk) throw error;
  }
  return { verdict: { gate: verdict.gate, passed: verdict.passed, reason } };
};

/** All verdicts of a campaign, by gate and time. */
export const verdictsOf = ({ table }: Pick<Ports, 'table'>, campaignId: string): AsyncGenerator<StoredVerdict> =>
  typedItems<StoredVerdict>(table, { partition: keys.campaign(campaignId).pk, prefix: 'VERDICT#' });
