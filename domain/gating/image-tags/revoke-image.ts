import type { Ports } from '../../ports/index.ts';
import type { Campaign } from '../../records/campaign.ts';
import { noteDecision } from '../../store/campaigns.ts';
import { findImageRecord, recordRevocation } from '../../store/image-records.ts';
import { queueTags } from './note-on-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions' | 'surroundings'>;

const tagImages = async (ports: Needs, campaign: Campaign): Promise<void> => {
  if (ports.configuration().gates.writeTags) await queueTags(ports, campaign);
};

/**
 * Keeps a build that is rolled back from being rolled out again, in whichever region and by whichever of its ids. Revoking
 * it twice is revoking it once.
 */
export const revokeImage = async (
  ports: Needs,
  campaign: Campaign,
  { person, reason }: { readonly person: string; readonly reason: string },
): Promise<void> => {
  const { campaignId, family, build, imageSet } = campaign;
  // A start that was refused before its image was found has none.
  if (build === '' || (await findImageRecord(ports, campaign))?.revoked) return;
  await noteDecision(ports, campaignId, {
    who: person,
    what: 'image revoked',
    why: reason,
    evidence: { family, build, imageSet },
  });
  await recordRevocation(ports, campaign, { by: person, reason, at: ports.clock.now().toISOString(), campaignId });
  await tagImages(ports, campaign);
};

/** The campaign that was started with `allowRevoked` promotes the build: it is like any other from here on. */
export const liftRevocation = async (ports: Needs, campaign: Campaign): Promise<void> => {
  if (campaign.allowRevoked !== true) return;
  const revoked = (await findImageRecord(ports, campaign))?.revoked;
  if (!revoked) return;
  await noteDecision(ports, campaign.campaignId, {
    who: campaign.starter,
    what: 'revocation lifted',
    why: campaign.startReason,
    evidence: { ...revoked },
  });
  await recordRevocation(ports, campaign, null);
  await tagImages(ports, campaign);
};
