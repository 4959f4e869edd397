import { promotedTag } from '../../domain/promotion/promote.ts';
import { imageTags } from '../../domain/words.ts';
import type { Uses } from '../handlers.ts';
import type { Right } from './right.ts';
import type { TargetAccount } from './target-rights.ts';

/** What handlers do with images and their scans; all of it in the hub's own account, which owns or shares the images. */
export const imageRights = (
  { partition, account }: TargetAccount,
  { images = [], scans = [] }: Pick<Uses, 'images' | 'scans'>,
): readonly Right[] => {
  const described = [
    ...(images.some((call) => ['find', 'findByTags', 'findCopies'].includes(call)) ? ['ec2:DescribeImages'] : []),
    ...(scans.includes('coverage') ? ['inspector2:ListCoverage'] : []),
    ...(scans.includes('findings') ? ['ec2:GetImageFindings'] : []),
  ];
  const rights: Right[] = [
    {
      actions: described,
      resources: ['*'],
      because: 'These calls describe images and findings, and AWS knows no resource for them.',
    },
    {
      actions: images.includes('tag') ? ['ec2:CreateTags'] : [],
      resources: [`arn:${partition}:ec2:*::image/*`],
      conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [promotedTag, imageTags.family] } },
      because: 'Which image is promoted is known when a campaign ends; only the two tags of a promotion can be set.',
    },
    {
      actions: images.includes('fromImageBuilder') ? ['imagebuilder:GetImage'] : [],
      resources: [`arn:${partition}:imagebuilder:*:${account}:image/*`],
      because: 'Any build of the account may be announced by its event.',
    },
  ];
  return rights.filter(({ actions }) => actions.length > 0);
};
