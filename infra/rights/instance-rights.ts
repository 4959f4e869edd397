import type { Uses } from '../handlers/handler.ts';
import type { Quarters } from '../constructs/instance-quarters.ts';
import { product, productTag } from '../names.ts';
import type { Right } from './right.ts';
import type { TargetAccount } from './target-rights.ts';

/** What handlers do with instances of gates, in the hub's account: only such as carry the product's tag. */
export const instanceRights = (
  { partition, account, region }: TargetAccount & { readonly region: string },
  { instances = [] }: Pick<Uses, 'instances'>,
  quarters: Quarters | undefined,
): readonly Right[] => {
  if (quarters === undefined) return [];
  const ec2 = (resource: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const made = ['instance/*', 'volume/*', 'network-interface/*'].map(ec2);
  const because = 'What a launch makes has no name before; it must carry the tag of the product.';
  const kms = { StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` } };
  const launch: readonly Right[] = [
    {
      actions: ['ec2:RunInstances'],
      resources: made,
      conditions: { StringEquals: { [`aws:RequestTag/${productTag}`]: product } },
      because,
    },
    {
      actions: ['ec2:RunInstances'],
      resources: [
        `arn:${partition}:ec2:${region}::image/*`,
        `arn:${partition}:ec2:${region}::snapshot/*`,
        ec2(`subnet/${quarters.subnetId}`),
        ...quarters.securityGroupIds.map((id) => ec2(`security-group/${id}`)),
      ],
      because: 'Which image is judged is known when a campaign begins.',
    },
    {
      actions: ['ec2:CreateTags'],
      resources: made,
      conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
      because,
    },
    {
      actions: ['iam:PassRole'],
      resources: [quarters.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      because: 'The role behind a profile that the configuration names is not known here.',
    },
    {
      actions: [
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: [`arn:${partition}:kms:${region}:*:key/*`],
      conditions: kms,
      because: 'Keys of encrypted images; their own policies decide, and only EC2 may use them for it.',
    },
  ];
  return [
    ...(instances.includes('launch') ? launch : []),
    ...(instances.includes('list')
      ? [
          {
            actions: ['ec2:DescribeInstances'],
            resources: ['*'],
            because: 'It lists, and AWS knows no resource for that.',
          },
        ]
      : []),
    ...(instances.includes('terminate')
      ? [
          {
            actions: ['ec2:TerminateInstances'],
            resources: [ec2('instance/*')],
            conditions: { StringEquals: { [`aws:ResourceTag/${productTag}`]: product } },
            because: 'Any instance that carries the tag of the product.',
          },
        ]
      : []),
  ];
};
