import { describe, expect, it } from '@jest/globals';
import type { ChangeSetContent, ResourceChange } from '../../../domain/ports/stacks.ts';
import { judgePreview } from '../../../domain/stack/judge-preview.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { imageOnly } from '../fakes/stacks.ts';

const subject = { image: newImage, parameter: 'ImageId' };

const change = (over: Partial<ResourceChange>): ResourceChange => ({
  logicalId: 'Other',
  type: 'AWS::Lambda::Function',
  action: 'Modify',
  replacement: 'False',
  causes: [{ target: 'Properties.Environment', source: 'ParameterReference', entity: 'ImageId' }],
  nested: null,
  ...over,
});

const withMore = (...more: readonly ResourceChange[]): ChangeSetContent => ({
  ...imageOnly,
  changes: [...more, ...imageOnly.changes],
});

const caused = (source: string, entity: string | null, target = 'Properties.Version'): ResourceChange['causes'] => [
  { target, source, entity },
];

describe('judgePreview', () => {
  it.each<[string, ChangeSetContent]>([
    ['the launch template and its group', imageOnly],
    ['what refers to the parameter', withMore(change({}))],
    [
      'what refers to what refers to it, in any order',
      withMore(change({ causes: caused('ResourceReference', 'Group') })),
    ],
    [
      'the replacement of a launch configuration',
      withMore(change({ type: 'AWS::AutoScaling::LaunchConfiguration', replacement: 'True' })),
    ],
    [
      'a second parameter that reads the same SSM parameter',
      {
        parameters: [{ name: 'Base', value: '/golden/image', resolved: newImage }],
        changes: [change({ causes: caused('ParameterReference', 'Base') })],
      },
    ],
    ['nothing', { parameters: [], changes: [] }],
  ])('accepts %s', (_what, content) => {
    expect(judgePreview(content, subject)).toEqual([]);
  });

  it.each<[string, ResourceChange, readonly string[]]>([
    [
      'another parameter',
      change({ causes: caused('ParameterReference', 'AgentVersion') }),
      ['Other (AWS::Lambda::Function) would change Properties.Version by AgentVersion'],
    ],
    [
      'the template, as a macro makes it',
      change({ causes: caused('DirectModification', null) }),
      ['Other (AWS::Lambda::Function) would change Properties.Version by DirectModification'],
    ],
    [
      'another property beside the image',
      change({ causes: [...change({}).causes, ...caused('DirectModification', null)] }),
      ['Other (AWS::Lambda::Function) would change Properties.Version by DirectModification'],
    ],
    [
      'a resource that does not follow',
      change({ causes: caused('ResourceAttribute', 'Network.VpcId') }),
      ['Other (AWS::Lambda::Function) would change Properties.Version by Network.VpcId'],
    ],
    [
      'itself: a circle is no way back to the image',
      change({ causes: caused('ResourceReference', 'Other') }),
      ['Other (AWS::Lambda::Function) would change Properties.Version by Other'],
    ],
    [
      'no shown cause',
      change({ causes: [] }),
      ['Other (AWS::Lambda::Function) would change for a reason that is not shown'],
    ],
  ])('refuses a change by %s', (_what, one, reasons) => {
    expect(judgePreview(withMore(one), subject)).toEqual(reasons);
  });

  it.each(['Add', 'Remove', 'Import', 'Dynamic', 'SyncWithActual'])('refuses the action %s', (action) => {
    expect(judgePreview(withMore(change({ action })), subject)).toEqual([
      `Other (AWS::Lambda::Function) would be changed by ${action}`,
    ]);
  });

  it.each([
    'AWS::EC2::Instance',
    'AWS::EC2::Volume',
    'AWS::RDS::DBInstance',
    'AWS::EFS::FileSystem',
    'AWS::FSx::FileSystem',
    'AWS::DynamoDB::Table',
  ])('refuses to have %s replaced, although the image is the cause', (type) => {
    const reasons = (replacement: ResourceChange['replacement']) =>
      judgePreview(withMore(change({ type, replacement })), subject);
    expect(reasons('False')).toEqual([]);
    expect(reasons('True')).toEqual([`Other (${type}) would be replaced and what it keeps be lost`]);
    expect(reasons('Conditional')).toEqual([`Other (${type}) might be replaced and what it keeps be lost`]);
  });

  describe('a nested stack', () => {
    const nested = (content: ChangeSetContent | null, causes = caused('Automatic', null)) =>
      withMore(change({ logicalId: 'Web', type: 'AWS::CloudFormation::Stack', causes, nested: content }));

    it('may change what its own parameter with the image leads to', () => {
      const inside = {
        parameters: [{ name: 'Ami', value: newImage, resolved: null }],
        changes: [change({ causes: caused('ParameterReference', 'Ami') })],
      };
      const causes = [
        ...caused('ParameterReference', 'ImageId', 'Properties.Parameters'),
        ...caused('Automatic', null, 'Properties'),
      ];
      expect(judgePreview(nested(inside, causes), subject)).toEqual([]);
    });

    it('is refused with the resource inside that would change for another reason', () => {
      const inside = {
        parameters: [{ name: 'ImageId', value: oldImage, resolved: null }],
        changes: [change({ causes: caused('ParameterReference', 'ImageId') })],
      };
      expect(judgePreview(nested(inside), subject)).toEqual([
        'Web.Other (AWS::Lambda::Function) would change Properties.Version by ImageId',
      ]);
    });

    it('is refused where nobody has looked inside', () => {
      expect(judgePreview(nested(null), subject)).toEqual([
        'Web (AWS::CloudFormation::Stack) would change Properties.Version by Automatic',
      ]);
    });
  });
});
