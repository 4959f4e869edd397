import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DisableImageDeprecationCommand,
  DisableImageDeregistrationProtectionCommand,
  EC2Client,
  EnableImageDeprecationCommand,
  EnableImageDeregistrationProtectionCommand,
  type DescribeImagesCommandInput,
} from '@aws-sdk/client-ec2';
import { GetImageCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import type { ImageFacts, Images } from '../../domain/ports/images.ts';
import { targetName, type Target } from '../../domain/target.ts';
import * as z from 'zod/mini';
import { ask, text } from './ask.ts';
import { call, isRefused } from './errors.ts';
import { imageFacts, imageShape } from './image-facts.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

const describedImages = z.object({ Images: z.array(imageShape) });

const permission = z.object({
  LaunchPermissions: z.array(
    z.object({ Group: text, UserId: text, OrganizationArn: text, OrganizationalUnitArn: text }),
  ),
});

/** In EC2's filters `*` and `?` are wildcards unless escaped. */
const literal = (value: string): string => value.replaceAll(/[*?\\]/g, String.raw`\$&`);

/**
 * Images by EC2 and Image Builder.
 *
 * Tags belong to the account that set them: filtering by tag finds no image that a stranger published under our names,
 * and a shared image shows none of its owner's tags.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html}
 */
export const awsImages = (sessions: Sessions): Images => {
  const describe = async (target: Target, what: string, input: DescribeImagesCommandInput): Promise<ImageFacts[]> => {
    const ec2 = sessions.client(EC2Client, target);
    const found: ImageFacts[] = [];
    const read = (token: string | undefined) =>
      ask(`DescribeImages ${what} in ${targetName(target)}`, describedImages, () =>
        ec2.send(new DescribeImagesCommand({ ...input, ...(token === undefined ? {} : { NextToken: token }) })),
      );
    for await (const page of pages(read, ({ NextToken }) => NextToken)) {
      found.push(...(page.Images ?? []).map((image) => imageFacts(image, target.region)));
    }
    return found;
  };

  return {
    find: async (target, imageId) => {
      try {
        // Disabled images are hidden unless asked for; their state says why they cannot be used.
        const found = await describe(target, `of ${imageId}`, { ImageIds: [imageId], IncludeDisabled: true });
        return found.find(({ id }) => id === imageId);
      } catch (error) {
        if (isRefused(error, 'InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable', 'InvalidAMIID.Malformed')) {
          return undefined;
        }
        throw error;
      }
    },

    findByTags: async (target, tags) => {
      const wanted = Object.entries(tags);
      if (wanted.length === 0) throw new Error('images are looked up by at least one tag');
      return describe(target, `with the tags ${JSON.stringify(tags)}`, {
        Filters: wanted.map(([key, value]) => ({ Name: `tag:${key}`, Values: [literal(value)] })),
        MaxResults: 1000,
      });
    },

    findByName: (target, pattern, owners) =>
      describe(target, `named ${pattern}`, {
        Owners: [...owners],
        Filters: [{ Name: 'name', Values: [pattern] }],
        MaxResults: 1000,
      }),

    findCopies: async (target, sourceImageId) => {
      const found = await describe(target, `copied from ${sourceImageId}`, {
        Filters: [{ Name: 'source-image-id', Values: [sourceImageId] }],
        // What cannot be used is named in the reason, so it has to be seen.
        IncludeDeprecated: true,
        IncludeDisabled: true,
        MaxResults: 1000,
      });
      // Images that were built upon it match as well; they are no copies.
      return found.filter(({ source }) => source !== null);
    },

    launchPermission: async (target, imageId) => {
      const { LaunchPermissions: permissions = [] } = await ask(
        `DescribeImageAttribute of ${imageId} in ${targetName(target)}`,
        permission,
        () =>
          sessions
            .client(EC2Client, target)
            .send(new DescribeImageAttributeCommand({ ImageId: imageId, Attribute: 'launchPermission' })),
      );
      return {
        public: permissions.some(({ Group }) => Group === 'all'),
        accounts: permissions.flatMap(({ UserId }) => UserId ?? []),
        organisations: permissions.flatMap(
          ({ OrganizationArn, OrganizationalUnitArn }) => OrganizationArn ?? OrganizationalUnitArn ?? [],
        ),
      };
    },

    tag: async (target, imageId, tags) => {
      await call(`CreateTags on ${imageId} in ${targetName(target)}`, () =>
        sessions.client(EC2Client, target).send(
          new CreateTagsCommand({
            Resources: [imageId],
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
        ),
      );
    },

    untag: async (target, imageId, tags) => {
      await call(`DeleteTags on ${imageId} in ${targetName(target)}`, () =>
        sessions.client(EC2Client, target).send(
          new DeleteTagsCommand({
            Resources: [imageId],
            // Without a value the tag goes whatever it says; an empty one would match empty values only.
            Tags: Object.entries(tags).map(([Key, Value]) => (Value === null ? { Key } : { Key, Value })),
          }),
        ),
      );
    },

    protect: async (target, imageId, withCooldown) => {
      await call(`EnableImageDeregistrationProtection of ${imageId} in ${targetName(target)}`, () =>
        sessions
          .client(EC2Client, target)
          .send(new EnableImageDeregistrationProtectionCommand({ ImageId: imageId, WithCooldown: withCooldown })),
      );
    },

    unprotect: async (target, imageId) => {
      await call(`DisableImageDeregistrationProtection of ${imageId} in ${targetName(target)}`, () =>
        sessions.client(EC2Client, target).send(new DisableImageDeregistrationProtectionCommand({ ImageId: imageId })),
      );
    },

    deprecate: async (target, imageId, at) => {
      const ec2 = sessions.client(EC2Client, target);
      await (at === null
        ? call(`DisableImageDeprecation of ${imageId} in ${targetName(target)}`, () =>
            ec2.send(new DisableImageDeprecationCommand({ ImageId: imageId })),
          )
        : call(`EnableImageDeprecation of ${imageId} in ${targetName(target)}`, () =>
            ec2.send(new EnableImageDeprecationCommand({ ImageId: imageId, DeprecateAt: new Date(at) })),
          ));
    },

    fromImageBuilder: async (target, imageArn) => {
      const { image } = await call(`GetImage of ${imageArn} in ${targetName(target)}`, () =>
        sessions.client(ImagebuilderClient, target).send(new GetImageCommand({ imageBuildVersionArn: imageArn })),
      );
      return (image?.outputResources?.amis ?? []).flatMap(({ image: id, region, accountId }) =>
        id === undefined ? [] : [{ id, region: region ?? target.region, account: accountId ?? target.account }],
      );
    },
  };
};
