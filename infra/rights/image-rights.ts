import type { Ports } from '../../domain/ports/index.ts';
import { heldTag, imageTags, promotedTag, revokedTag } from '../../domain/words.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Right } from './right.ts';
import type { TargetAccount } from './target-rights.ts';

const imageActions = {
  find: 'ec2:DescribeImages',
  findByName: 'ec2:DescribeImages',
  findByTags: 'ec2:DescribeImages',
  findCopies: 'ec2:DescribeImages',
  fromImageBuilder: 'imagebuilder:GetImage',
  launchPermission: 'ec2:DescribeImageAttribute',
  tag: 'ec2:CreateTags',
  untag: 'ec2:DeleteTags',
  protect: 'ec2:EnableImageDeregistrationProtection',
  unprotect: 'ec2:DisableImageDeregistrationProtection',
  deprecate: ['ec2:EnableImageDeprecation', 'ec2:DisableImageDeprecation'],
} as const satisfies Record<keyof Ports['images'], string | readonly string[]>;

/** Actions on images that carry the tag of a hold, and on no others. */
const onHeld: ReadonlySet<string> = new Set([imageActions.protect, imageActions.unprotect, ...imageActions.deprecate]);

const scanActions = {
  coverage: ['inspector2:ListCoverage'],
  findings: ['ec2:GetImageFindings', 'inspector2:ListFindings'],
} as const satisfies Record<keyof Ports['scans'], readonly string[]>;

const keyActions = {
  ofImage: ['ec2:DescribeImages', 'ec2:DescribeSnapshots'],
  find: ['kms:DescribeKey'],
} as const satisfies Record<keyof Ports['keys'], readonly string[]>;

/** Actions that can be bound to images. */
const onResources: ReadonlySet<string> = new Set([
  imageActions.launchPermission,
  imageActions.tag,
  imageActions.untag,
  imageActions.fromImageBuilder,
  ...keyActions.find,
]);

/** What handlers do with images, their keys and their scans; all of it in the hub's own account, which owns or shares the images. */
export const imageRights = (
  { partition, account }: TargetAccount,
  { images = [], keys = [], scans = [] }: Pick<Uses, 'images' | 'keys' | 'scans'>,
): readonly Right[] => {
  const actions = [
    ...new Set<string>([
      ...images.flatMap((call) => imageActions[call]),
      ...keys.flatMap((call) => keyActions[call]),
      ...scans.flatMap((call) => scanActions[call]),
    ]),
  ].sort();
  const only = (action: string): readonly string[] => actions.filter((one) => one === action);
  const rights: Right[] = [
    {
      actions: actions.filter((action) => !onResources.has(action) && !onHeld.has(action)),
      resources: ['*'],
      because: 'These calls describe images and findings, and AWS knows no resource for them.',
    },
    {
      actions: only(imageActions.launchPermission),
      resources: [`arn:${partition}:ec2:*::image/*`],
      because: 'Any image of the account may be announced; its owner alone is told who may launch it.',
    },
    {
      actions: only(imageActions.tag),
      resources: [`arn:${partition}:ec2:*::image/*`],
      conditions: {
        'ForAllValues:StringEquals': {
          'aws:TagKeys': [
            promotedTag,
            heldTag,
            revokedTag,
            imageTags.family,
            imageTags.scanStatus,
            imageTags.testResults,
          ],
        },
      },
      because:
        'Which image is promoted is known when a campaign ends; only the tags of a promotion, a revocation and verdicts can be set.',
    },
    {
      actions: only(imageActions.untag),
      resources: [`arn:${partition}:ec2:*::image/*`],
      conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [promotedTag, heldTag, revokedTag] } },
      because:
        'Which image was promoted is known when it is replaced; only the tags of a promotion and a revocation can be taken off.',
    },
    {
      actions: actions.filter((action) => onHeld.has(action)),
      resources: [`arn:${partition}:ec2:*::image/*`],
      conditions: { Null: { [`aws:ResourceTag/${heldTag}`]: 'false' } },
      because: 'Which image is held is known when it is replaced; without the tag of a hold nothing can be done to it.',
    },
    {
      actions: only(keyActions.find[0]),
      resources: [`arn:${partition}:kms:*:${account}:key/*`],
      because: 'Which key an image is encrypted under is known with the image.',
    },
    {
      actions: only(imageActions.fromImageBuilder),
      resources: [`arn:${partition}:imagebuilder:*:${account}:image/*`],
      because: 'Any build of the account may be announced by its event.',
    },
  ];
  return rights.filter((right) => right.actions.length > 0);
};
