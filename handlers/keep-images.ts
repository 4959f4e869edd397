import { awsImages } from '../adapters/aws/images.ts';
import { keepImages } from '../domain/promotion/keep-images.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler('Keep Images', keepImages({ ...base, images: awsImages(sessions) }));
