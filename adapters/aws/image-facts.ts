import type { Image } from '@aws-sdk/client-ec2';
import * as z from 'zod/mini';
import type { ImageFacts } from '../../domain/ports/images.ts';
import { flag, text } from './ask.ts';

/** An image of EC2's, as far as it is read. */
export const imageShape = z.object({
  ImageId: z.string(),
  Name: text,
  OwnerId: text,
  State: text,
  Architecture: text,
  VirtualizationType: text,
  BootMode: text,
  RootDeviceType: text,
  CreationDate: text,
  DeprecationTime: text,
  DeregistrationProtection: text,
  SourceImageId: text,
  SourceImageRegion: text,
  SourceInstanceId: text,
  BlockDeviceMappings: z.optional(
    z.array(z.object({ Ebs: z.optional(z.object({ Encrypted: flag, SnapshotId: text })) })),
  ),
  Tags: z.optional(z.array(z.object({ Key: z.string(), Value: text }))),
});

/**
 * The image that this one is a copy of. EC2 names a source image for images made from an instance as well (Packer and
 * Image Builder make theirs so): that is the parent they were built upon, and says nothing about their age or build.
 */
const copiedFrom = (
  { SourceImageId, SourceImageRegion, SourceInstanceId }: Image,
  region: string,
): ImageFacts['source'] =>
  SourceImageId === undefined || SourceInstanceId !== undefined
    ? null
    : { id: SourceImageId, region: SourceImageRegion ?? region };

/** An image as EC2 describes it: by the SDK, or by the AWS CLI in a file. */
export const imageFacts = (image: Image, region: string): ImageFacts => ({
  id: image.ImageId ?? '',
  region,
  name: image.Name ?? '',
  owner: image.OwnerId ?? '',
  state: image.State ?? '',
  architecture: image.Architecture ?? '',
  virtualization: image.VirtualizationType ?? '',
  bootMode: image.BootMode ?? null,
  rootDeviceType: image.RootDeviceType ?? '',
  encrypted: (image.BlockDeviceMappings ?? []).some(({ Ebs }) => Ebs?.Encrypted === true),
  createdAt: image.CreationDate ?? '',
  deprecatedAt: image.DeprecationTime ?? null,
  // Values such as enabled-without-cooldown and disabled; after a cooldown has begun it is still protected.
  isProtected: image.DeregistrationProtection?.startsWith('enabled') ?? false,
  source: copiedFrom(image, region),
  tags: Object.fromEntries((image.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
});
