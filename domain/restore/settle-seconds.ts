import { applyTimeoutSeconds } from '../../contracts/open-restore.ts';
import type { Campaign } from '../records/campaign.ts';
import { attemptsOf } from './start-restore.ts';

/** What a restore waits before it begins, by how many were started for the same cause. */
const settleTimes = [applyTimeoutSeconds, applyTimeoutSeconds, 10 * 60, 30 * 60, 60 * 60] as const;

/**
 * How long a restore waits before it touches anything. The first waits out an Apply that may still write. Where restores
 * have failed, the next ones leave what is out of order time to come back: five tries within minutes are one try.
 */
export const settleSeconds = (campaign: Pick<Campaign, 'restore'>): number =>
  settleTimes[Math.max(0, Math.min(attemptsOf(campaign), settleTimes.length) - 1)] ?? applyTimeoutSeconds;
