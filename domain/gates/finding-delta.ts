import type { Finding } from '../ports/scans.ts';

/** What was found in the image that the new one replaces. `findings` is null where no finished scan tells. */
export interface ImageInUse {
  readonly image: string;
  readonly findings: readonly Finding[] | null;
}

/** Which vulnerabilities the new image brings, ends and keeps, by id. */
export interface FindingDelta {
  readonly inUse: string | null;
  readonly fixed: readonly string[];
  readonly new: readonly string[];
  readonly unchanged: readonly string[];
  /** Why there is nothing to compare with; empty where there is. */
  readonly unknown: string;
}

/** Ids listed of each kind; the numbers stay exact in the sentence. */
const most = 200;

const ids = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ id }) => id))].sort();

const nothing = (inUse: string | null, unknown: string): FindingDelta => ({
  inUse,
  fixed: [],
  new: [],
  unchanged: [],
  unknown,
});

/** Compares the image's findings with those of the image in use. */
export const findingDelta = (
  findings: readonly Finding[] | null | undefined,
  inUse: ImageInUse | null | undefined,
): FindingDelta => {
  if (!inUse) return nothing(null, 'no image of the family is promoted yet');
  if (!findings) return nothing(inUse.image, 'the new image has no finished scan');
  if (!inUse.findings) return nothing(inUse.image, `image ${inUse.image} has no finished scan`);
  const [before, after] = [new Set(ids(inUse.findings)), ids(findings)];
  const now = new Set(after);
  return {
    inUse: inUse.image,
    fixed: [...before].filter((id) => !now.has(id)).slice(0, most),
    new: after.filter((id) => !before.has(id)).slice(0, most),
    unchanged: after.filter((id) => before.has(id)).slice(0, most),
    unknown: '',
  };
};

/** The delta in one sentence, for reports. */
export const deltaText = ({ inUse, fixed, new: added, unchanged, unknown }: FindingDelta): string =>
  unknown === ''
    ? `Against ${inUse ?? ''} in use: ${fixed.length} findings fixed, ${added.length} new, ${unchanged.length} unchanged.`
    : `Not compared with an image in use: ${unknown}.`;
