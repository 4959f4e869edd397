import { AccessDenied } from '../../../domain/errors.ts';
import type { ChangeSet, ChangeSetContent, StackFacts, Stacks, StackUpdate } from '../../../domain/ports/stacks.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { here, newImage, oldImage, stackIdOf } from './names.ts';

/** A template whose one group takes its image from the parameter ImageId and is updated in batches. */
export const rollingTemplate = `
Parameters:
  ImageId: { Type: AWS::EC2::Image::Id }
  Size: { Type: String }
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { ImageId: !Ref ImageId } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: 1 } }
    Properties:
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: !GetAtt Template.LatestVersionNumber
`;

export const parameters = (image: string): StackFacts['parameters'] => [
  { name: 'ImageId', value: image, resolved: null },
  { name: 'Size', value: 't3.small', resolved: null },
];
/** The same for a stack that reads its image from an SSM parameter. */
export const ssmParameters = (resolved: string, name = '/golden/image'): StackFacts['parameters'] => [
  { name: 'ImageId', value: name, resolved },
];

/** A stack of the family on the old image, ready to be updated. */
export const aStack = (over: Partial<StackFacts> = {}): StackFacts => ({
  stackId: stackIdOf(over.name ?? 'app-0001'),
  name: 'app-0001',
  status: 'UPDATE_COMPLETE',
  statusReason: '',
  parentId: null,
  parameters: parameters(oldImage),
  tags: { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'production' },
  capabilities: ['CAPABILITY_IAM'],
  notificationArns: [],
  roleArn: null,
  rollback: { triggers: [], monitoringMinutes: 0 },
  ...over,
});

/** What a change set shows of the template above where only the image changes. */
export const imageOnly: ChangeSetContent = {
  parameters: parameters(newImage),
  changes: [
    {
      logicalId: 'Template',
      type: 'AWS::EC2::LaunchTemplate',
      action: 'Modify',
      replacement: 'False',
      causes: [
        { target: 'Properties.LaunchTemplateData', source: 'ParameterReference', entity: 'ImageId' },
        { target: 'Properties.LaunchTemplateData', source: 'DirectModification', entity: null },
      ],
      nested: null,
    },
    {
      logicalId: 'Group',
      type: 'AWS::AutoScaling::AutoScalingGroup',
      action: 'Modify',
      replacement: 'Conditional',
      causes: [
        { target: 'Properties.LaunchTemplate', source: 'ResourceAttribute', entity: 'Template.LatestVersionNumber' },
        { target: 'Properties.LaunchTemplate', source: 'DirectModification', entity: null },
      ],
      nested: null,
    },
  ],
};

/** CloudFormation from memory: one answer per stack, all calls noted. Set the fields to change its answers. */
export const fakeStacks = () => {
  const found = new Map<string, StackFacts>();
  const fake = {
    calls: [] as string[],
    updates: [] as StackUpdate[],
    templateText: rollingTemplate,
    /** Called at the moment of a look at one stack. */
    onFind: (): Promise<void> => Promise.resolve(),
    /** Called at the moment of an update; what it throws, the update throws. */
    onUpdate: (_update: StackUpdate): Promise<boolean> => Promise.resolve(true),
    onContinueRollback: (): Promise<void> => Promise.resolve(),
    cause: '',
    /** Pages by target; a target without any lists the stacks that were put, all on one page. */
    pages: new Map<string, readonly (readonly StackFacts[])[]>(),
    refused: new Set<string>(),
    put: (...stacks: readonly StackFacts[]) => {
      for (const stack of stacks) found.set(stack.stackId, stack);
    },
    remove: (stackId: string) => {
      found.delete(stackId);
    },

    async *list(target: Target) {
      const name = targetName(target);
      fake.calls.push(`list ${name}`);
      await Promise.resolve();
      if (fake.refused.has(name)) throw new AccessDenied(`${name} refuses us`);
      yield* fake.pages.get(name) ?? (name === targetName(here) ? [[...found.values()]] : []);
    },
    find: async (_target: Target, stackId: string) => {
      fake.calls.push('find');
      await fake.onFind();
      return found.get(stackId);
    },
    template: () => {
      fake.calls.push('template');
      return Promise.resolve(fake.templateText);
    },
    update: async (_target: Target, update: StackUpdate) => {
      fake.calls.push('update');
      fake.updates.push(update);
      const started = await fake.onUpdate(update);
      return { started, operationId: started ? 'operation-1' : null };
    },
    continueRollback: async (_target: Target, _stackId: string, requestToken: string, skip: readonly string[]) => {
      fake.calls.push([`continueRollback ${requestToken}`, ...skip].join(' without '));
      await fake.onContinueRollback();
    },
    rollback: (_target: Target, _stackId: string, requestToken: string) => {
      fake.calls.push(`rollback ${requestToken}`);
      return Promise.resolve();
    },
    /** What looks at a change set find, one after the other; the last one stays. */
    changeSets: [{ state: 'ready', content: imageOnly }] as ChangeSet[],
    createChangeSet: (_target: Target, { requestToken }: StackUpdate) => {
      fake.calls.push(`createChangeSet ${requestToken}`);
      return Promise.resolve();
    },
    changeSet: () => {
      fake.calls.push('changeSet');
      const [first = { state: 'empty' as const }] = fake.changeSets;
      if (fake.changeSets.length > 1) fake.changeSets.shift();
      return Promise.resolve(first);
    },
    deleteChangeSet: (_target: Target, _stackId: string, name: string) => {
      fake.calls.push(`deleteChangeSet ${name}`);
      return Promise.resolve();
    },
    stuck: [] as readonly string[],
    stuckResources: (_target: Target, _stackId: string, requestToken: string) => {
      fake.calls.push(`stuckResources ${requestToken}`);
      return Promise.resolve(fake.stuck);
    },
    rootCause: () => {
      fake.calls.push('rootCause');
      return Promise.resolve(fake.cause);
    },
  };
  return fake satisfies Stacks;
};
