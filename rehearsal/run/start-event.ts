import * as z from 'zod';
import { HUB_ACCOUNT } from '../aws/accounts.ts';
import type { EventEnvelope } from '../aws/host.ts';
import type { AnnouncedImage } from '../scenario/create-images.ts';

/** A document that cannot be an EventBridge event; the message names the field. */
export class StartEventError extends Error {
  override readonly name = 'StartEventError';
}

const envelope = z.object({
  id: z.string().min(1),
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  account: z.string().regex(/^\d{12}$/, 'twelve digits'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-west-1'),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});

/** An event that starts a rehearsal, and the image it is about. */
export interface StartEvent {
  readonly event: EventEnvelope;
  readonly announced: AnnouncedImage;
}

/**
 * Reads an EventBridge document for a rehearsal in these regions. The rehearsal's hub takes the place of the account that
 * the document names, and its new image gets the id, or the build version, that the document is about.
 */
export const startEvent = (document: unknown, regions: readonly string[]): StartEvent => {
  const parsed = envelope.safeParse(document);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(the document)'}: ${message}`);
    throw new StartEventError(`not an EventBridge event as AWS publishes it: ${fields.join('; ')}`);
  }
  const { region, detail, resources } = parsed.data;
  if (!regions.includes(region))
    throw new StartEventError(
      `region: the event is from ${region}, the rehearsal has ${regions.join(', ')}; add it with --regions`,
    );
  const { ImageId } = detail;
  if (ImageId !== undefined && !(typeof ImageId === 'string' && /^ami-[0-9a-f]{8,17}$/.test(ImageId)))
    throw new StartEventError('detail.ImageId: must be an AMI id such as ami-0123456789abcdef0');
  const imageId = ImageId;
  const imageBuildArn = resources.find((arn) => arn.includes(':imagebuilder:'));
  return {
    event: { ...parsed.data, version: '0', time: new Date(Date.now()).toISOString(), account: HUB_ACCOUNT },
    announced: { region, ...(imageId && { imageId }), ...(imageBuildArn && { imageBuildArn }) },
  };
};
