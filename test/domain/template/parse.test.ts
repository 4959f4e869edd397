import { describe, expect, it } from '@jest/globals';
import { InvalidTemplate } from '../../../domain/template/invalid-template.ts';
import { parseTemplate } from '../../../domain/template/parse.ts';

const valueOf = (yaml: string): unknown =>
  parseTemplate(`Resources:\n  Thing:\n    Type: Custom::Thing\n    Properties:\n      Value: ${yaml}`).resources.get(
    'Thing',
  )?.properties;

describe('parseTemplate', () => {
  it.each([
    ['!Ref Image', { Ref: 'Image' }],
    ['!Condition Large', { Condition: 'Large' }],
    ['!GetAtt Template.LatestVersionNumber', { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }],
    ['!GetAtt Child.Outputs.Image', { 'Fn::GetAtt': ['Child', 'Outputs.Image'] }],
    ['!GetAtt [Template, Version]', { 'Fn::GetAtt': ['Template', 'Version'] }],
    ["!Sub 'a ${B}'", { 'Fn::Sub': 'a ${B}' }],
    ["!Sub ['${A}', { A: !Ref B }]", { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!If [C, !Ref A, !Ref AWS::NoValue]', { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ['!FindInMap [M, !Ref A, k]', { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'k'] }],
    ["!Join ['-', [a, !Ref B]]", { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }],
    [
      '!Select [0, !Split [",", !ImportValue x]]',
      { 'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::ImportValue': 'x' }] }] },
    ],
    [
      '!And [!Equals [a, b], !Or [!Not [!Condition C]]]',
      { 'Fn::And': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Or': [{ 'Fn::Not': [{ Condition: 'C' }] }] }] },
    ],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ["!GetAZs ''", { 'Fn::GetAZs': '' }],
    ['!Cidr [10.0.0.0/16, 4, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }],
    [
      '!Transform { Name: M, Parameters: { A: !Ref B } }',
      { 'Fn::Transform': { Name: 'M', Parameters: { A: { Ref: 'B' } } } },
    ],
    ['!ToJsonString { a: !Length [1, 2] }', { 'Fn::ToJsonString': { a: { 'Fn::Length': [1, 2] } } }],
    ['!GetStackOutput { StackName: s }', { 'Fn::GetStackOutput': { StackName: 's' } }],
    ['2010-09-09', '2010-09-09'],
  ])('reads %s', (yaml, expected) => {
    expect(valueOf(yaml)).toEqual({ Value: expected });
  });

  it('reads JSON and YAML to the same template', () => {
    const json =
      '{"Parameters":{"Image":{"Type":"String","Default":3}},"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}';
    const yaml =
      'Parameters:\n  Image: { Type: String, Default: 3 }\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n';
    expect(parseTemplate(json)).toEqual(parseTemplate(yaml));
    expect(parseTemplate(json).parameters.get('Image')).toEqual({
      type: 'String',
      default: '3',
      allowedValues: null,
      allowedPattern: null,
      noEcho: false,
    });
  });

  it('reads anchors, merged keys and repeated keys as CloudFormation does', () => {
    const template = parseTemplate(
      'Resources:\n  A: &a { Type: X, Properties: { P: 1 } }\n  B: { <<: *a, Type: Y }\n  C: { Type: X, Type: Z }',
    );
    expect(template.resources.get('B')).toMatchObject({ type: 'Y', properties: { P: 1 } });
    expect(template.resources.get('C')?.type).toBe('Z');
  });

  it('names the macros, wherever they are called', () => {
    const template = parseTemplate(
      'Transform: [AWS::LanguageExtensions, Mine]\nResources:\n  A: { Type: X, Properties: { Fn::Transform: { Name: Inner } } }\n  B: { Fn::Transform: { Name: Whole } }',
    );
    expect(template.macros).toEqual(['AWS::LanguageExtensions', 'Mine', 'Inner', 'Whole']);
    expect(template.resources.get('B')?.type).toBe('Fn::Transform');
  });

  it('writes nested loops out, and keeps one copy where only CloudFormation knows the items', () => {
    const template = parseTemplate(`
Resources:
  Fn::ForEach::Zones:
    - Zone
    - [a-1, b-2]
    - Fn::ForEach::Kinds:
        - Kind
        - [Web]
        - \${Kind}&{Zone}: { Type: X, Properties: { Zone: !Ref Zone, Text: !Sub '\${Kind} in \${Zone}' } }
  Fn::ForEach::Unknown:
    - Name
    - !Ref Names
    - Group\${Name}: { Type: Y }`);
    expect([...template.resources.keys()]).toEqual(['Weba1', 'Webb2', 'Group${Name}']);
    expect(template.resources.get('Webb2')?.properties).toEqual({ Zone: 'b-2', Text: { 'Fn::Sub': 'Web in b-2' } });
  });

  it.each([
    ['Resources:\n  A:\n\tType: X', /Tabs are not allowed as indentation at line 3, column 1\.$/],
    ['Resources: {\n  A: { Type: X }', /at line 2, column \d+\.$/],
    ['{\n "Resources": {\n  "A": { "Type": "X" \n', /at line \d, column \d+\.$/],
    ['Resources:\n  A: { Type: X, Properties: !unknown 3 }', /Unresolved tag: !unknown at line 2, column 29\.$/],
    ['Resources:\n  A: { Type: X, Properties: *nowhere }', /Unresolved alias/],
    ['Resources:\n  A: &a { Type: X, Properties: *a }', /circular/],
    ['', /top level must be a mapping/],
    ['just text', /top level must be a mapping/],
    ['[1, 2]', /top level must be a mapping/],
    ['apiVersion: v1\nkind: Pod', /it has no Resources/],
    ['Resources: {}', /it has no Resources/],
    ['Resources: [1]', /Resources must be a mapping/],
    ['Resources: { A: { Type: X } }\nParameters: 3', /Parameters must be a mapping/],
    ['Resources: { A: { Type: X } }\nParameters: { P: {} }', /Parameter P has no Type/],
    ['Resources: { A: 3 }', /Resource A is not a mapping/],
    ['Resources: { A: { Properties: {} } }', /Resource A has no Type/],
  ])('refuses %j', (text, message) => {
    expect(() => parseTemplate(text)).toThrow(InvalidTemplate);
    expect(() => parseTemplate(text)).toThrow(message);
  });

  it('is not fooled by names that objects have of their own', () => {
    const template = parseTemplate('Resources:\n  constructor: { Type: X }\n  toString: { Type: Y }');
    expect([...template.resources.keys()]).toEqual(['constructor', 'toString']);
    expect(template.parameters.has('constructor')).toBe(false);
  });
});
