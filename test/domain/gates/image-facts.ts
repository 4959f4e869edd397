import type { ImageFacts } from '../../../domain/ports/images.ts';

/** The instant that all gate tests run at. */
export const now = new Date('2026-11-22T12:00:00.000Z');

/** An instant so many days before it. */
export const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

/** An image that every gate accepts. */
export const imageFacts = (over: Partial<ImageFacts> = {}): ImageFacts => ({
  id: 'ami-0123456789abcdef0',
  region: 'eu-west-1',
  name: 'al2023-base-2026.11.3',
  owner: '111122223333',
  state: 'available',
  architecture: 'x86_64',
  virtualization: 'hvm',
  bootMode: 'uefi-preferred',
  rootDeviceType: 'ebs',
  encrypted: true,
  createdAt: daysAgo(1),
  deprecatedAt: null,
  isProtected: false,
  source: null,
  tags: {
    'ami-rollout:family': 'al2023-base',
    version: '2026.11.3',
    environment: 'production',
    build_id: '4711',
  },
  ...over,
});
