import type { ImageInUse } from '../gates/finding-delta.ts';
import type { Ports } from '../ports/index.ts';
import type { Promotion } from '../records.ts';
import { currentImages } from '../store/promotions.ts';
import type { Target } from '../target.ts';

type Needs = Pick<Ports, 'table' | 'scans'>;

/** The family's promoted image in the image's region, the last one where environments differ, with what was found in it. */
export const imageInUse = async (
  ports: Needs,
  family: string,
  target: Target,
  imageId: string,
): Promise<ImageInUse | null> => {
  let last: Promotion | undefined;
  for await (const current of currentImages(ports, family)) {
    if (current.region !== target.region || current.image === imageId) continue;
    if (!last || current.at > last.at) last = current;
  }
  if (!last) return null;
  const coverage = await ports.scans.coverage(target, last.image);
  return {
    image: last.image,
    findings: coverage.state === 'finished' ? await ports.scans.findings(target, last.image) : null,
  };
};
