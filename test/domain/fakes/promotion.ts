import type { Promotion } from '../../../domain/records/promotion.ts';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import { here, newImage, oldImage } from './names.ts';

/** A parameter that the campaign has moved from the old image to the new one. */
export const aPromotion = (over: Partial<Promotion> = {}): Promotion => ({
  schemaVersion,
  campaignId: 'campaign-1',
  family: 'al2023-base',
  environment: 'production',
  ...here,
  parameter: '/ami-rollout/al2023-base/production/image',
  image: newImage,
  previousImage: oldImage,
  at: '2026-11-22T11:00:00.000Z',
  state: 'promoted',
  ...over,
});
