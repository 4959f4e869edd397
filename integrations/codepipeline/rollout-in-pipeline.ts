import { Aws, Duration } from 'aws-cdk-lib';
import { BuildSpec, LinuxBuildImage, Project } from 'aws-cdk-lib/aws-codebuild';
import type { Artifact, IStage, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import {
  ManualApprovalAction,
  StateMachineInput,
  StepFunctionInvokeAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { CodeBuildProject } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** What a rollout in a pipeline needs to know. */
export interface RolloutInPipelineProps {
  readonly pipeline: Pipeline;
  /** The stage that the two actions are added to. */
  readonly stage: IStage;
  /** The artifact with the campaign's input: `{"imageId": "ami-…", "region": "eu-west-1", "reason": "…"}`. */
  readonly input: Artifact;
  /** @default 'campaign.json' */
  readonly inputFile?: string;
  /** Output CampaignMachineArn of the hub stack. */
  readonly campaignMachineArn: string;
  /** Output ConsoleUrl of the hub stack. */
  readonly endpoint: string;
  /** Output OperatorPolicyArn of the hub stack. */
  readonly operatorPolicyArn: string;
  /**
   * The ring that asks for approval.
   * @default 'canary'
   */
  readonly ring?: string;
  /**
   * How the build installs the command line: from the tarball that `npm pack` makes in a clone, in a registry or bucket
   * of your own, such as `npm install --global https://packages.example.com/ami-rollout-0.1.0.tgz`. There is no default,
   * because the name is not ours on npmjs.com, and what is installed gets this build's credentials.
   */
  readonly install: string;
}

/** Prints the campaign of this pipeline that still runs, by the prefix of its execution's name. */
const findCampaign = (prefix: string): string =>
  `ami-rollout status --json | node -e 'const items = JSON.parse(require("fs").readFileSync(0, "utf8")); ` +
  `const found = items.find((one) => one.campaignId.startsWith("${prefix}") && one.outcome === null); ` +
  `if (!found) { console.error("no campaign of this pipeline is running"); process.exit(1); } console.log(found.campaignId)'`;

/** How long the build may take: a reviewer who decides before the ring asks is waited for. */
const answerHours = 8;

/** A command that fails ends a build of CodeBuild, so none may end with a test that is only false. */
const answer = (install: string, prefix: string): BuildSpec =>
  BuildSpec.fromObject({
    version: '0.2',
    phases: {
      install: { 'runtime-versions': { nodejs: 22 }, commands: [install] },
      build: {
        commands: [
          `campaign="$(${findCampaign(prefix)})"`,
          'if [ "$STATE" = SUCCEEDED ]; then decision=approve; else decision=reject; fi',
          `ami-rollout "$decision" "$campaign" --ring "$RING" --wait ${String(answerHours * 60 - 10)} --reason "decided in the pipeline"`,
        ],
      },
    },
  });

/**
 * A campaign as a stage of a CodePipeline: Step Functions runs it, and beside it a manual approval stands for the ring's.
 * Both must run at once, because the campaign waits for the approval: what the reviewer says in CodePipeline is an event,
 * and the event starts a build that says the same to the campaign.
 *
 * A start by CodePipeline is by nobody the product knows, so two people have to approve: this build's role, which needs
 * an entry under `people` in rollout.config.ts, and one other. `approverRoleArn` is what that entry names.
 *
 * Checked by: a synthesis of a pipeline, and a run of the build's commands against the local API, in npm test.
 */
export class RolloutInPipeline extends Construct {
  /** The role that answers for the pipeline's reviewers. */
  readonly approverRoleArn: string;

  constructor(scope: Construct, id: string, props: RolloutInPipelineProps) {
    super(scope, id);
    const { pipeline, stage, input, endpoint, ring = 'canary' } = props;
    const prefix = `codepipeline-${this.node.addr.slice(-8)}`;
    stage.addAction(
      new StepFunctionInvokeAction({
        actionName: 'RollOut',
        runOrder: 1,
        executionNamePrefix: prefix,
        stateMachine: StateMachine.fromStateMachineArn(this, 'Campaign', props.campaignMachineArn),
        stateMachineInput: StateMachineInput.filePath(input.atPath(props.inputFile ?? 'campaign.json')),
      }),
    );
    const approval = new ManualApprovalAction({
      actionName: 'ApproveCanary',
      runOrder: 1,
      additionalInformation: `Look at the campaign first: ${endpoint}`,
    });
    stage.addAction(approval);

    const project = new Project(this, 'Answer', {
      description: `Tells ami-rollout what the reviewers of ${pipeline.pipelineName} have decided`,
      environment: { buildImage: LinuxBuildImage.AMAZON_LINUX_2023_5 },
      environmentVariables: {
        AMI_ROLLOUT_ENDPOINT: { value: endpoint },
        RING: { value: ring },
        STATE: { value: '' },
      },
      timeout: Duration.hours(answerHours),
      buildSpec: answer(props.install, prefix),
    });
    project.role?.addManagedPolicy(ManagedPolicy.fromManagedPolicyArn(this, 'Operator', props.operatorPolicyArn));
    this.approverRoleArn = project.role?.roleArn ?? '';

    new Rule(this, 'Decided', {
      description: 'A reviewer has decided in CodePipeline',
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Action Execution State Change'],
        account: [Aws.ACCOUNT_ID],
        detail: {
          pipeline: [pipeline.pipelineName],
          stage: [stage.stageName],
          action: [approval.actionProperties.actionName],
          state: ['SUCCEEDED', 'FAILED'],
        },
      },
      targets: [
        new CodeBuildProject(project, {
          event: RuleTargetInput.fromObject({
            environmentVariablesOverride: [
              { name: 'STATE', type: 'PLAINTEXT', value: EventField.fromPath('$.detail.state') },
            ],
          }),
        }),
      ],
    });
  }
}
