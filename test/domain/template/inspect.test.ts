import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { inspectTemplate, type InspectOptions } from '../../../domain/template/inspect.ts';
import type { Inspection } from '../../../domain/template/inspection.ts';
import { parseTemplate } from '../../../domain/template/parse.ts';
import { decisions, groups, sources, type Shape } from './inspect-shapes.ts';

const images = (inspection: Inspection) =>
  inspection.imageParameters.map(({ name, mode, resources }) => `${name}:${mode} → ${resources.join(',')}`);
const replacements = (inspection: Inspection) =>
  inspection.groups.map(({ logicalId, replacement }) => `${logicalId}:${replacement}`);
const matching = (patterns: readonly RegExp[] = []): unknown[] =>
  patterns.map((pattern) => expect.stringMatching(pattern));

const fixture = (file: string, options?: InspectOptions): Inspection =>
  inspectTemplate(parseTemplate(readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')), options);

describe('inspectTemplate', () => {
  const check = ({ template, options, ...expected }: Shape) => {
    const inspection = inspectTemplate(parseTemplate(template), options);
    expect(images(inspection)).toEqual(expected.images ?? ['ImageId:parameter → LaunchTemplate']);
    expect(replacements(inspection)).toEqual(expected.groups ?? ['Group:rolling']);
    expect(inspection.standaloneInstances).toEqual(expected.standalone ?? []);
    expect(inspection.reasons).toEqual(matching(expected.reasons));
    expect(inspection.notes).toEqual(matching(expected.notes));
    expect(inspection.eligible).toBe(inspection.reasons.length === 0);
    for (const sentence of [...inspection.reasons, ...inspection.notes]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  };

  describe('finds where the image comes from', () => {
    it.each(sources)('$shape', check);
  });

  describe('finds how groups replace their instances', () => {
    it.each(groups)('$shape', check);
  });

  describe('says what stands in the way', () => {
    it.each(decisions)('$shape', check);
  });

  it('reads a template synthesised by the CDK', () => {
    expect(fixture('cdk-group.json')).toEqual({
      imageParameters: [
        {
          name: 'SsmParameterValueimagesbase',
          type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
          mode: 'ssm',
          readBy: 'stack',
          resources: ['FleetLaunchTemplateF1A2B3C4'],
        },
      ],
      parameter: 'SsmParameterValueimagesbase',
      groups: [
        { logicalId: 'FleetASG5D6E7F80', replacement: 'replacing', parameters: ['SsmParameterValueimagesbase'] },
      ],
      standaloneInstances: [],
      eligible: true,
      reasons: [],
      notes: [],
    });
  });

  it('asks for a choice between several image parameters and takes it', () => {
    const open = fixture('mixed-instances.yaml');
    expect(images(open)).toEqual(['ArmImage:parameter → ArmTemplate', 'X86Image:parameter → X86Template']);
    expect(open).toMatchObject({ parameter: null, eligible: false });
    expect(open.reasons).toEqual(matching([/several image parameters \(ArmImage, X86Image\).*ami-rollout:parameter/]));

    const chosen = fixture('mixed-instances.yaml', { parameter: 'X86Image' });
    expect(chosen).toMatchObject({
      parameter: 'X86Image',
      eligible: true,
      groups: [
        { logicalId: 'Mixed', replacement: 'rolling', parameters: ['ArmImage', 'X86Image'] },
        { logicalId: 'OnlyArm', replacement: 'instanceRefresh', parameters: ['ArmImage'] },
      ],
    });
    expect(chosen.notes).toEqual(matching([/Group OnlyArm does not take its image from X86Image and keeps it/]));
  });

  it('writes the loops of LanguageExtensions out', () => {
    const inspection = fixture('for-each.yaml');
    expect(images(inspection)).toEqual(['ImageId:parameter → WebTemplate,WorkerTemplate']);
    expect(replacements(inspection)).toEqual(['WebGroup:rolling', 'WorkerGroup:rolling']);
    expect(inspection.eligible).toBe(true);
  });

  it.each(['sam.yaml', 'every-short-form.yaml'])('sees through %s', (file) => {
    const inspection = fixture(file);
    expect(replacements(inspection)).toEqual(['Group:rolling']);
    expect(inspection).toMatchObject({ parameter: 'ImageId', eligible: true, reasons: [], notes: [] });
  });

  it('does not touch the template', () => {
    const template = parseTemplate(readFileSync(new URL('fixtures/for-each.yaml', import.meta.url), 'utf8'));
    const before = structuredClone(template);
    inspectTemplate(template);
    expect(template).toEqual(before);
  });
});
