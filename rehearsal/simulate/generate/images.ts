import type { Random } from '../../scenario/random.ts';
import { chance, oneOf } from './draw.ts';

const bad: readonly object[] = [
  { findings: { critical: 1 } },
  { findings: { high: 2 } },
  { vulnerabilities: [{ id: 'CVE-2026-4711', severity: 'low', exploitKnown: true }] },
  { scanStatus: 'NEVER' },
  { scanStatus: 'UNSUPPORTED_OS' },
  { scanStatus: 'NONE' },
  { ageDays: 45 },
  { tags: { version: null } },
  { revoked: 'it lost its disks' },
  { previousState: 'deregistered' },
  { deprecatesInDays: 3 },
  { owner: '999999999999' },
  { attributes: { architecture: 'arm64' } },
  { attributes: { encrypted: true }, key: { state: 'Disabled' } },
  { attributes: { encrypted: true }, key: { manager: 'aws' } },
  { previousPromoted: true, ageDays: 45 },
  {
    attributes: { encrypted: true },
    previousAttributes: { encrypted: true },
    previousKey: { usableBy: ['100000000001'] },
  },
];

const unusual: readonly object[] = [
  { previousPromoted: true },
  { category: 'hotfix', findings: { high: 3 } },
  { category: 'application', ageDays: 10 },
  { findings: { medium: 4, low: 9 } },
  { scanMinutes: 200 },
  { scanMinutes: 0 },
  { attributes: { encrypted: true }, previousAttributes: { encrypted: true } },
  { recorded: { security_scan_status: 'failed' } },
  { tags: { security_scan_status: 'passed' }, scanMinutes: 1 },
];

/** The copy in the second region: what else can be wrong with it. */
const copies: readonly object[] = [
  { state: 'missing' },
  { state: 'failed' },
  { state: 'disabled' },
  { state: 'pending', availableAfterMinutes: 30 },
  { state: 'pending' },
  { sharedWith: ['100000000001'] },
  { deprecatesInDays: 2 },
];

/** What is particular about the image of a scenario; most of them are as they should be. */
export const generateImage = (random: Random, regions: readonly string[]): object | undefined => {
  const particular = {
    ...(chance(random, 0.15) ? oneOf(random, bad) : chance(random, 0.25) ? oneOf(random, unusual) : {}),
  };
  const ofCopy =
    regions.length > 1 && chance(random, 0.15) ? { copies: { [regions[1] as string]: oneOf(random, copies) } } : {};
  const image = { ...particular, ...ofCopy };
  return Object.keys(image).length === 0 ? undefined : image;
};
