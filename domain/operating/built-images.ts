import { familyImages } from '../campaign/family-images.ts';
import type { Family } from '../configuration/family.ts';
import type { Ports } from '../ports/index.ts';
import { findImageRecord } from '../store/image-records.ts';
import { currentOf } from './promotion-history.ts';

/** An image that was built for a family, as somebody chooses one to start a campaign with. */
export interface FamilyImage {
  readonly image: string;
  readonly region: string;
  readonly name: string;
  readonly architecture: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** The family's current image somewhere, in whichever region. */
  readonly isCurrent: boolean;
  readonly isRevoked: boolean;
}

/** The family's available images in the hub's region, the newest build first. Whether gates would take them, a dry run says. */
export const builtImages =
  (ports: Pick<Ports, 'clock' | 'configuration' | 'images' | 'surroundings' | 'table'>) =>
  async (family: Family, withinDays: number): Promise<readonly FamilyImage[]> => {
    const [found, current] = await Promise.all([
      familyImages(ports, family, withinDays),
      currentOf(ports, family.name),
    ]);
    const promoted = new Set(current.map(({ image }) => image));
    return Promise.all(
      found.map(async ({ image: { id, region, name, architecture }, build, builtAt }) => {
        // The hub's region need not be a target: there the copies are known by the build's record alone.
        const record = await findImageRecord(ports, { family: family.name, build });
        return {
          image: id,
          region,
          name,
          architecture,
          builtAt,
          isCurrent: [id, ...Object.values(record?.images ?? {})].some((one) => promoted.has(one)),
          isRevoked: (record?.revoked ?? null) !== null,
        };
      }),
    );
  };
