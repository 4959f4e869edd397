import { awsImages } from '../adapters/aws/images.ts';
import { writeImageTags } from '../domain/gating/image-tags/write-image-tags.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Write Image Tags',
  writeImageTags({
    ...base,
    images: awsImages(sessions),
  }),
);
