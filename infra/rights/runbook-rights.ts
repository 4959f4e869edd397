import type { BootRunbooks } from '../constructs/boot-runbooks.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Right } from './right.ts';
import type { TargetAccount } from './target-rights.ts';

/** What handlers do with the runbooks of boot checks; only those that the hub stack has made can be started. */
export const runbookRights = (
  { partition, account, region }: TargetAccount & { readonly region: string },
  { runbooks: calls = [] }: Pick<Uses, 'runbooks'>,
  runbooks: BootRunbooks | undefined,
): readonly Right[] => {
  if (runbooks === undefined) return [];
  const ssm = (resource: string): string => `arn:${partition}:ssm:${region}:${account}:${resource}`;
  const runs = ssm('automation-execution/*');
  const because = 'SSM gives a run its id when it is started.';
  return [
    ...(calls.includes('start')
      ? [
          {
            actions: ['ssm:StartAutomationExecution'],
            resources: [
              runs,
              ...runbooks.names.flatMap((name) => [ssm(`document/${name}`), ssm(`automation-definition/${name}:*`)]),
            ],
            because,
          },
          {
            actions: ['iam:PassRole'],
            resources: [runbooks.roleArn],
            conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
          },
        ]
      : []),
    ...(calls.includes('outcome') ? [{ actions: ['ssm:GetAutomationExecution'], resources: [runs], because }] : []),
  ];
};
