import { buildFacts } from '../campaign/build-facts.ts';
import { whyNoNews } from '../campaign/is-news.ts';
import type { Handled } from './subject.ts';
import { parseStart } from '../campaign/start-input.ts';
import { matchesFamily } from '../gates/image-build.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';

type Needs = Pick<Ports, 'clock' | 'configuration' | 'images' | 'executions' | 'surroundings' | 'table'>;

/** What became of a new-image event. */
export interface Intake extends Handled {
  readonly started: string | null;
  readonly reason: string;
}

const dropped = (reason: string): Intake => ({ started: null, reason, subject: null });

/**
 * Starts a campaign for a new-image event, if the image is one of ours: by family tag or name pattern. All others are
 * dropped here, before anything is recorded, and so are copies and re-enabled images of old builds. An event that comes twice starts one execution: its name is made of the
 * event's id.
 */
export const startCampaign =
  (ports: Needs) =>
  async (event: { readonly id?: string | undefined }): Promise<Intake> => {
    const { hub, campaignMachineArn } = ports.surroundings();
    const parsed = parseStart(event);
    if ('error' in parsed) return dropped(parsed.error);
    const { start } = parsed;
    if ('newest' in start.image || start.drill !== null) return dropped('no event starts a drill');
    const region = start.region ?? hub.region;
    const target = { account: hub.account, region };
    const ids =
      'id' in start.image
        ? [start.image.id]
        : (await ports.images.fromImageBuilder({ account: start.image.account, region }, start.image.imageBuilderArn))
            .filter((one) => one.region === region)
            .map(({ id }) => id);
    const found = (await Promise.all(ids.map((id) => ports.images.find(target, id)))).find(
      (image) => image !== undefined,
    );
    if (!found) return dropped(`image ${ids.join(', ') || '(none)'} is not visible in ${region}`);
    const family = matchesFamily(found, ports.configuration().families);
    if (!family) return dropped(`image ${found.id} (${found.name}) belongs to no family`);
    const old = await whyNoNews(ports, family.name, await buildFacts(ports, found));
    if (old !== null) return dropped(`image ${found.id} is no news: ${old}`);
    const name = `${family.name.slice(0, 40)}-${sha256(event.id ?? JSON.stringify(event)).slice(0, 12)}`;
    const started = await ports.executions.start(campaignMachineArn, name, event);
    return { started, reason: `family ${family.name}`, subject: { campaignId: name } };
  };
