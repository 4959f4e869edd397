import type { InspectOptions } from '../../../domain/template/inspect.ts';

/** One template shape and what is to be found in it; what is not named is the plain case: eligible, nothing to say. */
export interface Shape {
  readonly shape: string;
  readonly template: string;
  readonly options?: InspectOptions;
  /** `Name:mode → resources`. */
  readonly images?: readonly string[];
  /** `LogicalId:replacement`. */
  readonly groups?: readonly string[];
  readonly standalone?: readonly string[];
  /** One pattern per reason, in order. */
  readonly reasons?: readonly RegExp[];
  readonly notes?: readonly RegExp[];
}

const indent = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);

interface Plain {
  readonly image?: string;
  readonly parameters?: string;
  readonly version?: string;
  readonly policy?: string;
  readonly more?: string;
}

/** A launch template and a group that follows it; the cases say what is different. */
const plain = ({
  image = '!Ref ImageId',
  parameters = 'ImageId: { Type: AWS::EC2::Image::Id }',
  version = '!GetAtt LaunchTemplate.LatestVersionNumber',
  policy = '{ AutoScalingRollingUpdate: { MaxBatchSize: 1 } }',
  more = '',
}: Plain = {}): string => `
Parameters:
  ${indent(parameters, 2)}
Mappings:
  Images: { eu-west-1: { Base: ami-0aaa } }
Conditions:
  Given: !Not [!Equals [!Ref ImageId, '']]
Resources:
  LaunchTemplate:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ${indent(image, 10)}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: ${indent(policy, 6)}
    Properties:
      LaunchTemplate:
        LaunchTemplateId: !Ref LaunchTemplate
        Version: ${version}
  ${indent(more, 2)}
`;

const instance = `
Bastion:
  Type: AWS::EC2::Instance
  Properties:
    ImageId: !Ref ImageId`;

const onlyInstance = `
Parameters:
  ImageId: { Type: AWS::EC2::Image::Id }
Resources:${indent(instance, 2)}`;

const configured = (configuration: string, policy: string): string => `
Parameters:
  ImageId: { Type: AWS::EC2::Image::Id }
Resources:
  Configuration:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: { ImageId: !Ref ImageId${configuration} }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: ${policy}
    Properties: { LaunchConfigurationName: !Ref Configuration }`;

const imageOf = (name: string, mode = 'parameter'): string[] => [`${name}:${mode} → LaunchTemplate`];

/** Where the image comes from. */
export const sources: readonly Shape[] = [
  { shape: 'Ref to a parameter', template: plain() },
  {
    shape: 'parameter of type String',
    template: plain({ parameters: 'ImageId: { Type: String, Default: ami-0aaa }' }),
  },
  {
    shape: 'SSM-typed image parameter',
    template: plain({ parameters: 'ImageId: { Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id> }' }),
    images: imageOf('ImageId', 'ssm'),
  },
  {
    shape: 'SSM-typed string parameter',
    template: plain({ parameters: 'ImageId: { Type: AWS::SSM::Parameter::Value<String>, Default: /web/image }' }),
    images: imageOf('ImageId', 'ssm'),
  },
  {
    shape: "SSM parameter of AWS's own by default",
    template: plain({
      parameters:
        'ImageId: { Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 }',
    }),
    images: imageOf('ImageId', 'ssm'),
    notes: [/belongs to AWS/],
  },
  { shape: 'Sub of nothing but the parameter', template: plain({ image: "!Sub '${ImageId}'" }) },
  {
    shape: 'Sub with a variable of its own',
    template: plain({ image: "!Sub\n- '${Image}'\n- Image: !Ref ImageId" }),
  },
  { shape: 'Join of one item', template: plain({ image: "!Join ['', [!Ref ImageId]]" }) },
  { shape: 'Select from a list by number', template: plain({ image: '!Select [1, [ami-0aaa, !Ref ImageId]]' }) },
  {
    shape: 'an SSM parameter that the stack makes from the parameter',
    template: plain({
      image: '!GetAtt Record.Value',
      more: 'Record:\n  Type: AWS::SSM::Parameter\n  Properties: { Type: String, Value: !Ref ImageId }',
    }),
  },
  {
    shape: 'an SSM parameter whose value is itself',
    template: plain({
      image: '!GetAtt Record.Value',
      more: 'Record:\n  Type: AWS::SSM::Parameter\n  Properties: { Type: String, Value: !GetAtt Record.Value }',
    }),
    images: [],
    reasons: [/comes from resource Record\.Value/],
  },
  {
    shape: 'If between the parameter and a literal',
    template: plain({ image: '!If [Given, !Ref ImageId, ami-0aaa]' }),
    notes: [/ImageId in some conditions only/],
  },
  {
    shape: 'If between the parameter and nothing',
    template: plain({ image: '!If [Given, !Ref ImageId, !Ref AWS::NoValue]' }),
  },
  {
    shape: 'If between the parameter and a mapping, inside a Sub',
    template: plain({
      image: "!Sub\n- '${Image}'\n- Image: !If [Given, !Ref ImageId, !FindInMap [Images, eu-west-1, Base]]",
    }),
    notes: [/in some conditions only/],
  },
  {
    shape: 'If around the launch template data',
    template: plain({
      image: 'ami-0aaa',
      more: 'Other:\n  Type: AWS::EC2::LaunchTemplate\n  Properties:\n    LaunchTemplateData: !If [Given, { ImageId: !Ref ImageId }, { KeyName: x }]',
    }),
    images: ['ImageId:parameter → Other'],
    reasons: [/No Auto Scaling group launches from parameter ImageId: let one refer to Other\./],
    notes: [/Group does not take its image/, /Not changed: .*ami-0aaa/],
  },
  {
    shape: 'mapping with the parameter as its default',
    template: plain({ image: '!FindInMap [Images, !Ref AWS::Region, Base, { DefaultValue: !Ref ImageId }]' }),
    notes: [/in some conditions only/],
  },
  {
    shape: 'mapping',
    template: plain({ image: '!FindInMap [Images, !Ref AWS::Region, !Ref ImageId]' }),
    images: [],
    reasons: [/mapping Images: make it a parameter/],
  },
  {
    shape: 'literal',
    template: plain({ image: 'ami-0aaa' }),
    images: [],
    reasons: [/written in the template \(ami-0aaa\)/],
  },
  {
    shape: "another stack's export",
    template: plain({ image: '!ImportValue base-image' }),
    images: [],
    reasons: [/another stack's output/],
  },
  {
    shape: "a custom resource's answer",
    template: plain({ image: '!GetAtt Finder.Image', more: 'Finder:\n  Type: Custom::ImageFinder' }),
    images: [],
    reasons: [/comes from resource Finder\.Image/],
  },
  {
    shape: 'a macro in the image',
    template: plain({ image: '!Transform { Name: LatestImage }' }),
    images: [],
    reasons: [/cannot be traced through Fn::Transform/],
  },
  {
    shape: 'a name that the template lacks',
    template: plain({ image: '!Ref Missing' }),
    images: [],
    reasons: [/cannot be traced through Ref Missing/],
  },
  {
    shape: 'part of the id',
    template: plain({
      image: "!Sub 'ami-${Suffix}'",
      parameters: 'Suffix: { Type: String }\nImageId: { Type: String }',
    }),
    images: [],
    reasons: [/Parameter Suffix is only a part/],
  },
  {
    shape: 'an item of a list parameter',
    template: plain({
      image: '!Select [0, !Ref Images]',
      parameters: 'Images: { Type: List<AWS::EC2::Image::Id> }\nImageId: { Type: String }',
    }),
    images: [],
    reasons: [/parameter Images of type List<AWS::EC2::Image::Id>, which does not hold one image/],
  },
  {
    shape: 'an item of a split text',
    template: plain({ image: "!Select [0, !Split [',', !Ref ImageId]]" }),
    images: [],
    reasons: [/Parameter ImageId is only a part/],
  },
  {
    shape: 'dynamic SSM reference',
    template: plain({ image: "'{{resolve:ssm:/images/base:3}}'" }),
    images: [],
    reasons: [/\{\{resolve:ssm:…\}\} reference.*AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>/],
  },
  {
    shape: 'dynamic secure reference, joined from pieces',
    template: plain({ image: "!Join ['', ['{{resolve:ssm-secure:', !Ref ImageId, '}}']]" }),
    images: [],
    reasons: [/\{\{resolve:ssm-secure:…\}\}/],
  },
  {
    shape: 'dynamic reference in one branch',
    template: plain({ image: "!If [Given, !Ref ImageId, '{{resolve:ssm:/images/base}}']" }),
    reasons: [/\{\{resolve:ssm:…\}\}/],
    notes: [/in some conditions only/],
  },
  {
    shape: "EC2's own resolve:ssm with a parameter that can hold no name",
    template: plain({ image: "!Sub 'resolve:ssm:${ImageId}'" }),
    images: [],
    reasons: [/resolve:ssm: and parameter ImageId of type AWS::EC2::Image::Id, which holds no name/],
  },
  {
    shape: "EC2's own resolve:ssm with the name in a parameter",
    template: plain({ parameters: 'ImageName: { Type: String }', image: "!Sub 'resolve:ssm:${ImageName}'" }),
    images: imageOf('ImageName', 'ssm'),
    groups: ['Group:none'],
    notes: [/read by EC2 at every launch.*any scale-out starts the new image/],
  },
  {
    shape: "EC2's own resolve:ssm joined with a parameter of type AWS::SSM::Parameter::Name",
    template: plain({
      parameters: 'ImageName: { Type: AWS::SSM::Parameter::Name }',
      image: "!Join [':', [resolve, ssm, !Ref ImageName]]",
    }),
    images: imageOf('ImageName', 'ssm'),
    groups: ['Group:none'],
    notes: [/read by EC2 at every launch/],
  },
  {
    shape: "EC2's own resolve:ssm as the value of a String parameter",
    template: plain({ parameters: "ImageId: { Type: String, Default: 'resolve:ssm:/web/image' }" }),
    images: imageOf('ImageId', 'ssm'),
    groups: ['Group:none'],
    notes: [/read by EC2 at every launch/],
  },
  {
    shape: "EC2's own resolve:ssm written in the template; the version of the launch template does not matter",
    template: plain({ image: 'resolve:ssm:/web/image', version: "'3'" }),
    images: imageOf('resolve:ssm:/web/image', 'ssm'),
    groups: ['Group:none'],
    notes: [/read by EC2 at every launch/],
  },
  {
    shape: "EC2's own resolve:ssm with a piece of the name from the stack",
    template: plain({ image: "!Sub 'resolve:ssm:/${AWS::StackName}/image'" }),
    options: { parameter: 'resolve:ssm:/web/image' },
    images: imageOf('resolve:ssm:/*/image', 'ssm'),
    groups: ['Group:none'],
    notes: [/read by EC2 at every launch/],
  },
  {
    shape: "EC2's own resolve:ssm of a fixed version",
    template: plain({ image: 'resolve:ssm:/web/image:3' }),
    images: [],
    reasons: [/names version or label 3, so a new value never reaches it/],
  },
  {
    shape: "EC2's own resolve:ssm of a public parameter",
    template: plain({ image: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' }),
    images: [],
    reasons: [/belongs to AWS and cannot be written/],
  },
  {
    shape: "EC2's own resolve:ssm in a launch configuration",
    template: configured('', '').replace('!Ref ImageId', 'resolve:ssm:/web/image'),
    images: [],
    groups: ['Group:none'],
    reasons: [/only a launch template of an Auto Scaling group follows/],
  },
];

/** How groups follow their image. */
export const groups: readonly Shape[] = [
  { shape: 'no update policy', template: plain({ policy: '{}' }), groups: ['Group:none'] },
  {
    shape: 'replacing update, in words of YAML 1.1',
    template: plain({ policy: '{ AutoScalingReplacingUpdate: { WillReplace: yes } }' }),
    groups: ['Group:replacing'],
  },
  {
    shape: 'replacing before rolling',
    template: plain({
      policy: '{ AutoScalingReplacingUpdate: { WillReplace: true }, AutoScalingRollingUpdate: { MaxBatchSize: 1 } }',
    }),
    groups: ['Group:replacing'],
  },
  {
    shape: 'replacing update that is off',
    template: plain({ policy: '{ AutoScalingReplacingUpdate: { WillReplace: "false" } }' }),
    groups: ['Group:none'],
  },
  {
    shape: 'instance refresh',
    template: plain({ policy: '{ AutoScalingInstanceRefresh: { Strategy: Rolling } }' }),
    groups: ['Group:instanceRefresh'],
  },
  {
    shape: 'only scheduled actions',
    template: plain({ policy: '{ AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } }' }),
    groups: ['Group:none'],
  },
  {
    shape: 'rolling update with settings that depend on a condition',
    template: plain({
      policy: '!If [Given, { AutoScalingRollingUpdate: {} }, { AutoScalingRollingUpdate: { MaxBatchSize: 2 } }]',
    }),
  },
  {
    shape: 'a policy in some conditions only',
    template: plain({ policy: '!If [Given, { AutoScalingRollingUpdate: {} }, !Ref AWS::NoValue]' }),
    groups: ['Group:none'],
    notes: [/policy that depends on a condition/],
  },
  {
    shape: 'both rolling update and instance refresh',
    template: plain({ policy: '{ AutoScalingRollingUpdate: {}, AutoScalingInstanceRefresh: { Strategy: Rolling } }' }),
    groups: ['Group:none'],
    reasons: [/which CloudFormation refuses: remove one/],
  },
  {
    shape: '$Latest',
    template: plain({ version: '$Latest' }),
    groups: ['Group:none'],
    notes: [/an instance refresh follows the update/],
  },
  {
    shape: '$Default',
    template: plain({ version: '$Default' }),
    groups: ['Group:none'],
    notes: [/version 1: unless something else moves it/],
  },
  {
    shape: 'DefaultVersionNumber',
    template: plain({ version: '!GetAtt LaunchTemplate.DefaultVersionNumber' }),
    groups: ['Group:none'],
    notes: [/\$Default/],
  },
  {
    shape: 'a fixed version',
    template: plain({ version: "'3'" }),
    groups: ['Group:none'],
    reasons: [/asks for a fixed version/],
  },
  {
    shape: 'a version by parameter or the newest',
    template: plain({ version: '!If [Given, !Ref ImageId, !GetAtt LaunchTemplate.LatestVersionNumber]' }),
    groups: ['Group:none'],
    notes: [/does not always follow/],
  },
  {
    shape: 'launch configuration, rolling',
    template: configured('', '{ AutoScalingRollingUpdate: {} }'),
    images: ['ImageId:parameter → Configuration'],
  },
  {
    shape: 'launch configuration, which starts no refresh',
    template: configured('', '{ AutoScalingInstanceRefresh: { Strategy: Rolling } }'),
    images: ['ImageId:parameter → Configuration'],
    groups: ['Group:none'],
    notes: [/does not start AutoScalingInstanceRefresh/],
  },
  {
    shape: 'launch configuration with a name of its own',
    template: configured(', LaunchConfigurationName: web', '{ AutoScalingRollingUpdate: {} }'),
    images: ['ImageId:parameter → Configuration'],
    reasons: [/cannot replace it: remove LaunchConfigurationName/],
  },
  {
    shape: 'several groups, one of them elsewhere',
    template: plain({
      more: `
Second:
  Type: AWS::AutoScaling::AutoScalingGroup
  UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }
  Properties: { LaunchTemplate: { LaunchTemplateId: !Ref LaunchTemplate, Version: !GetAtt LaunchTemplate.LatestVersionNumber } }
Elsewhere:
  Type: AWS::AutoScaling::AutoScalingGroup
  Properties: { LaunchTemplate: { LaunchTemplateId: lt-0123, Version: '7' } }`,
    }),
    groups: ['Elsewhere:none', 'Group:rolling', 'Second:replacing'],
    notes: [/Group Elsewhere does not take its image from ImageId/],
  },
  {
    shape: 'image in the overrides of the group itself',
    template: plain({
      image: '!Ref AWS::NoValue',
      more: `
Mixed:
  Type: AWS::AutoScaling::AutoScalingGroup
  UpdatePolicy: { AutoScalingRollingUpdate: {} }
  Properties:
    MixedInstancesPolicy:
      LaunchTemplate:
        LaunchTemplateSpecification: { LaunchTemplateId: !Ref LaunchTemplate, Version: !GetAtt LaunchTemplate.LatestVersionNumber }
        Overrides: [{ InstanceType: t3.micro, ImageId: !Ref ImageId }]`,
    }),
    images: ['ImageId:parameter → Mixed'],
    groups: ['Group:rolling', 'Mixed:rolling'],
    notes: [/Group Group does not take its image/],
  },
  {
    shape: 'an override that has nothing to do with the image and stays at its version',
    template: plain({
      more: `
Mixed:
  Type: AWS::AutoScaling::AutoScalingGroup
  UpdatePolicy: { AutoScalingRollingUpdate: {} }
  Properties:
    MixedInstancesPolicy:
      LaunchTemplate:
        LaunchTemplateSpecification: { LaunchTemplateId: !Ref LaunchTemplate, Version: !GetAtt LaunchTemplate.LatestVersionNumber }
        Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateId: lt-0123, Version: '7' } }]`,
    }),
    groups: ['Group:rolling', 'Mixed:rolling'],
  },
];

/** What a person has to decide, or a rollout cannot do. */
export const decisions: readonly Shape[] = [
  {
    shape: 'standalone instance beside a group',
    template: plain({ more: instance }),
    images: ['ImageId:parameter → Bastion,LaunchTemplate'],
    standalone: ['Bastion'],
    reasons: [/Instance Bastion stands alone: a new image replaces it/],
  },
  {
    shape: 'standalone instance, opted in',
    template: plain({ more: instance }),
    options: { allowStandalone: true },
    images: ['ImageId:parameter → Bastion,LaunchTemplate'],
    standalone: ['Bastion'],
    notes: [/is replaced, as allowed/],
  },
  {
    shape: 'standalone instance through the launch template',
    template: plain({
      more: 'Bastion:\n  Type: AWS::EC2::Instance\n  Properties: { LaunchTemplate: { LaunchTemplateId: !Ref LaunchTemplate, Version: !GetAtt LaunchTemplate.LatestVersionNumber } }',
    }),
    standalone: ['Bastion'],
    reasons: [/Instance Bastion stands alone/],
  },
  {
    shape: 'standalone instance with an image of its own',
    template: plain({ more: instance.replace('!Ref ImageId', 'ami-0bbb') }),
    notes: [/Not changed: The ImageId of Bastion is written in the template/],
  },
  {
    shape: 'nothing but an instance',
    template: onlyInstance,
    images: ['ImageId:parameter → Bastion'],
    groups: [],
    standalone: ['Bastion'],
    reasons: [/stands alone/],
  },
  {
    shape: 'nothing but an instance, opted in',
    template: onlyInstance,
    options: { allowStandalone: true },
    images: ['ImageId:parameter → Bastion'],
    groups: [],
    standalone: ['Bastion'],
    notes: [/as allowed/],
  },
  {
    shape: 'a node group on the same launch template',
    template: plain({
      more: 'Nodes:\n  Type: AWS::EKS::Nodegroup\n  Properties: { LaunchTemplate: { Id: x, LaunchTemplateId: !Ref LaunchTemplate } }',
    }),
    notes: [/Nodes \(AWS::EKS::Nodegroup\) takes the image too/],
  },
  {
    shape: 'launch template without a group',
    template:
      'Parameters:\n  ImageId: { Type: String }\nResources:\n  LaunchTemplate:\n    Type: AWS::EC2::LaunchTemplate\n    Properties: { LaunchTemplateData: { ImageId: !Ref ImageId } }',
    groups: [],
    reasons: [/no Auto Scaling group/],
  },
  {
    shape: 'no image anywhere',
    template: 'Resources:\n  Queue: { Type: AWS::SQS::Queue }',
    images: [],
    groups: [],
    reasons: [/No resource of the template sets an ImageId: /],
  },
  {
    shape: 'no image in sight, but an include',
    template:
      'Resources:\n  Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://x/y } }\n  Queue: { Type: AWS::SQS::Queue }',
    images: [],
    groups: [],
    reasons: [/macro AWS::Include may, which cannot be traced/],
  },
  {
    shape: 'a variable of a function that happens to be called ImageId',
    template:
      'Parameters:\n  ImageId: { Type: String }\nResources:\n  Function:\n    Type: AWS::Lambda::Function\n    Properties: { Environment: { Variables: { ImageId: !Ref ImageId } } }',
    images: [],
    groups: [],
    reasons: [/No resource of the template sets an ImageId/],
  },
  {
    shape: 'the whole group in a module',
    template:
      'Parameters:\n  ImageId: { Type: AWS::EC2::Image::Id }\nResources:\n  Fleet:\n    Type: Acme::Web::Fleet::MODULE\n    Properties: { Image: !Ref ImageId }',
    images: [],
    groups: [],
    reasons: [/No resource.*module Fleet may, which cannot be seen into/],
  },
  {
    shape: 'nested stack only',
    template:
      'Parameters:\n  Base: { Type: String }\nResources:\n  App:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: https://x, Parameters: { AmiId: !Ref Base, Family: !Ref Base } }',
    images: [],
    groups: [],
    reasons: [/Parameter Base goes to nested stack App/],
  },
  {
    shape: 'nested stack beside a group',
    template: plain({
      more: 'App:\n  Type: AWS::CloudFormation::Stack\n  Properties: { Parameters: { Anything: !Ref ImageId } }',
    }),
    reasons: [/Parameter ImageId goes to nested stack App/],
  },
  {
    shape: 'nested stack with the image that was not chosen',
    template: plain({
      parameters: 'ImageId: { Type: AWS::EC2::Image::Id }\nChildImage: { Type: AWS::EC2::Image::Id }',
      more: 'App:\n  Type: AWS::CloudFormation::Stack\n  Properties: { Parameters: { ImageId: !Ref ChildImage } }',
    }),
  },
  {
    shape: 'nested stack without the image',
    template: plain({
      parameters: 'ImageId: { Type: AWS::EC2::Image::Id }\nSize: { Type: String }',
      more: 'App:\n  Type: AWS::CloudFormation::Stack\n  Properties: { Parameters: { ContainerImageUri: !Ref Size, Family: !Ref Size } }',
    }),
  },
  {
    shape: 'parameter with AllowedValues',
    template: plain({ parameters: 'ImageId: { Type: AWS::EC2::Image::Id, AllowedValues: [ami-0aaa, ami-0bbb] }' }),
    reasons: [/has AllowedValues/],
  },
  {
    shape: 'parameter that is NoEcho',
    template: plain({ parameters: 'ImageId: { Type: String, NoEcho: "true" }' }),
    reasons: [/is NoEcho/],
  },
  {
    shape: 'a choice that is not an image parameter',
    template: plain({ parameters: 'ImageId: { Type: AWS::EC2::Image::Id }\nSize: { Type: String }' }),
    options: { parameter: 'Size' },
    reasons: [/Size is not an image parameter of the template: choose one of ImageId/],
  },
];
