import type { Reason } from '../../gates/reason.ts';
import { scanReasons } from '../../gates/scan-reasons.ts';
import type { Ports } from '../../ports/index.ts';
import type { Coverage, Finding } from '../../ports/scans.ts';
import type { Campaign } from '../../records/campaign.ts';
import { findGateInstance } from '../../store/gate-instances.ts';
import type { Target } from '../../target.ts';
import { scanPurpose } from '../scan-providers/scan-instance.ts';
import type { Heard } from './heard-finding.ts';

export type JudgeNeeds = Pick<Ports, 'table' | 'clock' | 'configuration' | 'scans' | 'surroundings'>;

/** What stands against an image today. */
export interface Judged {
  /** Empty: nothing does, or nobody knows. */
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
  /** Whether it was found in the image itself; else on an instance, to which it may have come later. */
  readonly inImage: boolean;
}

const proven: Coverage = { state: 'finished', reason: '', scannedAt: null };

/** What the policy of the campaign's category says of findings today, its waivers included. */
export const reasonsToday = (
  ports: Pick<JudgeNeeds, 'clock' | 'configuration'>,
  { category, family }: Pick<Campaign, 'category' | 'family'>,
  findings: readonly Finding[],
): readonly Reason[] => {
  const { policies, waivers } = ports.configuration().gates;
  return scanReasons(proven, findings, policies[category], ports.clock.now(), { waivers, family });
};

const withHeard = (findings: readonly Finding[], { finding }: Heard): readonly Finding[] =>
  finding === null || findings.some(({ id }) => id === finding.id) ? findings : [...findings, finding];

/**
 * Judges an image that a campaign has brought by what is known of it now. Inspector's results for the image decide where
 * there are any: what it then finds on an instance and not in the image was installed later. Else the findings that the
 * gate has judged count, with the one that the event tells.
 */
export const judgeAgain = async (
  ports: JudgeNeeds,
  campaign: Pick<Campaign, 'campaignId' | 'category' | 'family'>,
  target: Target,
  heard: Heard,
): Promise<Judged> => {
  const { imageId, finding, instanceId } = heard;
  const coverage = await ports.scans.coverage(target, imageId);
  if (coverage.state === 'finished') {
    const scanned = await ports.scans.findings(target, imageId);
    // Its event may come before Inspector lists the finding.
    const findings = instanceId === null ? withHeard(scanned, heard) : scanned;
    return { reasons: reasonsToday(ports, campaign, findings), findings, inImage: true };
  }
  if (finding === null) return { reasons: [], findings: [], inImage: false };
  const kept = (await findGateInstance(ports, campaign.campaignId, scanPurpose))?.scan?.findings ?? [];
  const findings = withHeard(kept, heard);
  return { reasons: reasonsToday(ports, campaign, findings), findings, inImage: instanceId === null };
};
