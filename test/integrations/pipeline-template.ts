import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Artifact, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { RolloutInPipeline } from '../../integrations/codepipeline/rollout-in-pipeline.ts';

/** A pipeline that has a rollout as its second stage, synthesized. */
export const pipelineTemplate = (): Template => {
  const stack = new Stack(new App(), 'Pipeline', { env: { account: '111122223333', region: 'eu-west-1' } });
  const input = new Artifact();
  const pipeline = new Pipeline(stack, 'Pipeline', {
    pipelineName: 'images',
    stages: [
      {
        stageName: 'Source',
        actions: [
          new S3SourceAction({
            actionName: 'Source',
            bucket: new Bucket(stack, 'Source') as IBucket,
            bucketKey: 'campaign.zip',
            output: input,
          }),
        ],
      },
    ],
  });
  new RolloutInPipeline(stack, 'Rollout', {
    pipeline,
    stage: pipeline.addStage({ stageName: 'Rollout' }),
    input,
    campaignMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:ami-rollout-campaign',
    endpoint: 'https://console.example.com',
    operatorPolicyArn: 'arn:aws:iam::111122223333:policy/operator',
    install: 'npm install --global https://packages.example.com/ami-rollout-0.1.0.tgz',
  });
  return Template.fromStack(stack);
};
