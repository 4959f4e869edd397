import type { openCampaign } from '../../contracts/open-campaign.ts';
import type { InputOf, OutputOf } from '../../contracts/contract.ts';
import type { Category } from '../configuration/category.ts';
import { askedDrill, openDrill } from '../drill/open-drill.ts';
import { matchesFamily, noFamilyReason } from '../gates/image-build.ts';
import { sha256 } from '../hash.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import { knownStarter } from '../operating/start-record.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Drill } from '../records/drill.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { createCampaign, findCampaign } from '../store/campaigns.ts';
import { claimBuild, claimFamily, releaseFamily } from '../store/deduplication.ts';
import { everything, findHalt, haltText } from '../store/halts.ts';
import { noteNewest } from '../store/newest.ts';
import { whoIsQueued } from '../queue/who-is-queued.ts';
import { imageTags, type Outcome } from '../words.ts';
import { buildFacts } from './build-facts.ts';
import { parseStart, type Start } from './start-input.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'parameters' | 'stacks' | 'surroundings'>;
type Output = OutputOf<typeof openCampaign>;

const categoryOf = (image: ImageFacts): Category => {
  const value = image.tags[imageTags.category];
  return value === 'application' || value === 'hotfix' ? value : 'base';
};

const outputOf = (campaign: Campaign): Output => ({
  // A dry run touches nothing: it waits for nobody. A drill has its turn by now, or was refused.
  decision: campaign.conclusion !== null ? 'close' : campaign.dryRun || campaign.drill ? 'go' : 'queue',
  reason: campaign.reason,
  family: campaign.family,
  category: campaign.category,
  image: { id: campaign.image.id, region: campaign.image.region },
  dryRun: campaign.dryRun,
});

/** The image's id: given, or the one that Image Builder put into the event's region. */
const imageIdOf = async (
  { images }: Pick<Needs, 'images'>,
  { image }: Start,
  region: string,
): Promise<string | undefined> => {
  if ('id' in image) return image.id;
  if ('newest' in image) return undefined;
  // Only the account that has built the image can be asked what came of it.
  const built = await images.fromImageBuilder({ account: image.account, region }, image.imageBuilderArn);
  return (built.find((one) => one.region === region) ?? built[0])?.id;
};

interface Identity {
  readonly image: ImageFacts;
  readonly family: string;
  readonly build: string;
  readonly builtAt: string;
  readonly environments: readonly string[];
  readonly drill: Drill | null;
}

/** What identifies the campaign, or why there cannot be one. */
const identify = async (ports: Needs, start: Start): Promise<Identity | { error: string }> => {
  const { hub } = ports.surroundings();
  const region = start.region ?? hub.region;
  if (start.drill !== null) {
    const given = 'id' in start.image ? { id: start.image.id, region } : null;
    const found = await openDrill(ports, start.drill, given);
    return 'error' in found ? found : { ...found, environments: [found.environment] };
  }
  const id = await imageIdOf(ports, start, region);
  if (id === undefined)
    return { error: 'the Image Builder image version has no AMI: look at its distribution settings' };
  const image = await ports.images.find({ account: hub.account, region }, id);
  if (!image) return { error: `image ${id} does not exist in ${region}, or account ${hub.account} may not see it` };
  const { families } = ports.configuration();
  const known = families.map(({ name }) => name).join(', ');
  if (start.family !== null && !families.some(({ name }) => name === start.family))
    return { error: `family "${start.family}" is not in the configuration; known: ${known}` };
  const family = start.family ?? matchesFamily(image, families)?.name;
  if (family === undefined) return { error: noFamilyReason(image, families) };
  return { image, family, ...(await buildFacts(ports, image)), environments: start.environments, drill: null };
};

/** The restore's execution is named after the campaign, and a name has at most 80 characters. */
const longestId = 75;
const tooLong = ({ length }: string) => ({
  error: `the execution's name has ${length} characters: choose one of at most ${longestId}, the restore is named after it`,
});

/** Why a drill cannot begin now; null where it has the family's turn: it waits for nobody, and nobody is refused for it. */
const whyNoTurn = async (ports: Needs, campaignId: string, family: string): Promise<string | null> => {
  const other = await claimFamily(ports, { campaignId, family });
  if (other !== null)
    return `campaign ${other} of family ${family} is running, and a drill stays out of its way: start the drill again afterwards`;
  // The family may be free while campaigns wait for a place or for the next day. Looked at after our claim: who queues from
  // here on finds the drill's turn.
  const queued = await whoIsQueued(ports, family);
  if (queued === null) return null;
  await releaseFamily(ports, { campaignId, family });
  return `campaign ${queued} of family ${family} waits for its turn, and a drill does not go before it: start the drill again afterwards`;
};

/** The use case behind Open Campaign. Bad input is no exception: it is a campaign that ends REJECTED, with the reason. */
export const open =
  (ports: Needs) =>
  async ({ campaignId, executionArn, startedAt, event }: InputOf<typeof openCampaign>): Promise<Output> => {
    const before = await findCampaign(ports, campaignId);
    if (before) return outputOf(before);
    const parsed = campaignId.length > longestId ? tooLong(campaignId) : parseStart(event);
    const start = 'start' in parsed ? parsed.start : null;
    const identity = start ? await identify(ports, start) : { error: (parsed as { error: string }).error };
    const found = 'error' in identity ? null : identity;
    const asked = start?.drill == null ? null : askedDrill(start.drill, ports.configuration().drill);

    let conclusion: Outcome | null = 'error' in identity ? 'REJECTED' : null;
    let reason = 'error' in identity ? identity.error : '';
    if (found && start && !start.dryRun) {
      const halt = await findHalt(ports, everything);
      const scope = start.environments.length === 0 ? '*' : [...start.environments].sort().join(',');
      const isDrill = found.drill !== null;
      const noTurn = isDrill && !halt ? await whyNoTurn(ports, campaignId, found.family) : null;
      // A drill makes nothing a duplicate, and is none: it brings its image to nobody.
      const twin =
        halt || isDrill
          ? null
          : await claimBuild(ports, { campaignId, family: found.family, build: found.build, scope });
      if (halt) {
        conclusion = 'REJECTED';
        reason = `everything is ${haltText(halt)}: start again when somebody has resumed`;
      } else if (noTurn !== null) {
        conclusion = 'REJECTED';
        reason = noTurn;
      } else if (twin !== null) {
        conclusion = 'DUPLICATE';
        reason = `campaign ${twin} moves the same scope to the same build`;
      } else if (!isDrill) await noteNewest(ports, { ...found, campaignId });
    }
    const known = await knownStarter(ports, campaignId, event);
    const campaign: Campaign = {
      schemaVersion,
      campaignId,
      executionArn,
      family: found?.family ?? asked?.family ?? start?.family ?? '',
      category: found ? categoryOf(found.image) : 'base',
      environments: found?.environments ?? start?.environments ?? [],
      image: { id: found?.image.id ?? '', region: found?.image.region ?? '' },
      imageSet: {},
      build: found?.build ?? '',
      builtAt: found?.builtAt ?? '',
      starter: known?.starter ?? 'unknown',
      startReason: start?.reason ?? '',
      dryRun: start?.dryRun ?? false,
      allowOlder: start?.allowOlder ?? false,
      allowRevoked: start?.allowRevoked ?? false,
      drill: found?.drill ?? asked?.drill ?? null,
      startedAt,
      endedAt: null,
      phase: 'running',
      fence: 1,
      planHash: '',
      planned: 0,
      ringNames: ports.configuration().rings.map(({ name }) => name),
      leftOut: [],
      breachedRing: null,
      conclusion,
      outcome: null,
      reason,
      told: false,
      restore: null,
      rollback: null,
    };
    await createCampaign(ports, campaign, {
      who: known?.starter ?? (start?.how === 'manual' || !start ? 'unknown' : start.how),
      what: 'campaign opened',
      why: reason === '' ? (start?.reason ?? '') : reason,
      evidence: {
        input: sha256(JSON.stringify(event ?? null)),
        build: campaign.build,
        image: campaign.image,
        ...(campaign.drill && { drill: campaign.drill.stackName }),
        ...(known && { identity: known.identity }),
      },
    });
    return outputOf(campaign);
  };
