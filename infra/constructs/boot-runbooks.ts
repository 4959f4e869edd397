import { Aws } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { bootChecks } from '../gate-instances.ts';
import { product, productTag, rolePath } from '../names.ts';
import { allow } from '../rights/right.ts';

type Check = ReturnType<typeof bootChecks>[number];

const arnOf = (document: string): string => {
  if (document.startsWith('arn:')) return document;
  // Documents of AWS belong to no account.
  const owner = /^(?:AWS|Amazon)[A-Za-z]*-/.test(document) ? '' : Aws.ACCOUNT_ID;
  return `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${owner}:document/${document}`;
};

/**
 * Waits until SSM manages the instance, then runs the document on it. The waiting is SSM's, so that no function polls.
 * {@link https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html}
 */
const runbookOf = ({ name, document, parameters, bootMinutes, timeoutSeconds }: Check): object => ({
  schemaVersion: '0.3',
  description: `${product}: custom gate ${name}`,
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    InstanceId: { type: 'String', allowedPattern: '^i-[0-9a-f]{8,17}$' },
    AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn' },
  },
  mainSteps: [
    {
      name: 'AwaitInstance',
      action: 'aws:waitForAwsResourceProperty',
      timeoutSeconds: bootMinutes * 60,
      onFailure: 'Abort',
      inputs: {
        Service: 'ssm',
        Api: 'DescribeInstanceInformation',
        Filters: [{ Key: 'InstanceIds', Values: ['{{ InstanceId }}'] }],
        PropertySelector: '$.InstanceInformationList[0].PingStatus',
        DesiredValues: ['Online'],
      },
    },
    {
      name: 'RunDocument',
      action: 'aws:runCommand',
      timeoutSeconds,
      onFailure: 'Abort',
      isEnd: true,
      inputs: { DocumentName: document, InstanceIds: ['{{ InstanceId }}'], Parameters: parameters },
    },
  ],
});

/** The runbooks of the boot checks, and the role that they act as. Made only where a custom gate boots the image. */
export class BootRunbooks extends Construct {
  readonly names: readonly string[];
  readonly roleArn: string;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const checks = bootChecks(configuration);
    this.names = checks.map(({ runbook }) => runbook);
    for (const check of checks)
      new CfnDocument(this, check.runbook, {
        name: check.runbook,
        documentType: 'Automation',
        documentFormat: 'JSON',
        content: runbookOf(check),
      });
    const role = new Role(this, 'Role', {
      path: rolePath,
      description: 'Lets runbooks of custom gates run documents on instances of gates',
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: {
            'aws:SourceArn': `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:automation-execution/*`,
          },
        },
      }),
    });
    this.roleArn = role.roleArn;
    allow(role, [
      {
        actions: ['ssm:SendCommand'],
        resources: [...new Set(checks.map(({ document }) => arnOf(document)))],
      },
      {
        actions: ['ssm:SendCommand'],
        resources: [`arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:instance/*`],
        conditions: { StringEquals: { [`aws:ResourceTag/${productTag}`]: product } },
        because: 'Any instance that carries the tag of the product.',
      },
      {
        actions: [
          'ssm:DescribeInstanceInformation',
          'ssm:ListCommands',
          'ssm:ListCommandInvocations',
          'ssm:GetCommandInvocation',
        ],
        resources: ['*'],
        because: 'They list, and AWS knows no resource for that.',
      },
    ]);
  }
}
