import { modeOf, nameTypes } from './image-parameters.ts';
import type { ImageUse } from './image-uses.ts';
import { launchReference } from './launch-reference.ts';
import type { Source } from './source.ts';
import type { Template } from './template.ts';

const advice = 'make it a parameter of type AWS::EC2::Image::Id';
const launchAdvice = 'let a parameter of type String hold the name';
const ssmType = 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>';

/** Images that change on their own whenever the stack is updated or launches: no rollout may touch such a stack. */
export const selfChangingImages = (uses: readonly ImageUse[]): string[] =>
  explain(uses, (use, source) => {
    if (source.kind === 'dynamicReference') {
      return `The ImageId of ${use.logicalId} is a {{resolve:${source.service}:…}} reference, which CloudFormation reads again by itself and a refresh does not follow: use a parameter of type ${ssmType}.`;
    }
    return source.kind === 'launchTimeReference' ? unwritable(use, source) : null;
  });

/** Why writing an SSM parameter would not change what EC2 launches; `null` where it would. */
const unwritable = (use: ImageUse, source: Source & { kind: 'launchTimeReference' }): string | null => {
  const where = `The ImageId of ${use.logicalId}`;
  if (use.type !== 'AWS::EC2::LaunchTemplate' && use.type !== 'AWS::AutoScaling::AutoScalingGroup')
    return `${where} is resolve:ssm:…, which only a launch template of an Auto Scaling group follows: use a parameter of type ${ssmType}.`;
  if (source.parameter !== null) return null;
  if (source.reference === 'resolve:ssm:*')
    return `${where} is resolve:ssm:… of a name that cannot be traced: ${launchAdvice}.`;
  const read = launchReference(source.reference);
  return 'problem' in read ? `${where}, ${source.reference}, ${read.problem}.` : null;
};

/** Images that no parameter of the stack can set. */
export const unsettableImages = (template: Template, uses: readonly ImageUse[]): string[] =>
  explain(uses, (use, source) => {
    const where = `The ImageId of ${use.logicalId}`;
    switch (source.kind) {
      case 'literal':
        return `${where} is written in the template (${source.value}): ${advice}.`;
      case 'mapping':
        return `${where} comes from the template's mapping ${source.name}: ${advice}.`;
      case 'otherStack':
        return `${where} comes from another stack's output: ${advice}.`;
      case 'resource':
        return `${where} comes from resource ${[source.logicalId, source.attribute].filter(Boolean).join('.')}: ${advice}.`;
      case 'untraceable':
        return `${where} cannot be traced through ${source.what}: ${advice}.`;
      case 'parameter': {
        const type = template.parameters.get(source.name)?.type ?? '';
        if (modeOf(type) === null) {
          return `${where} comes from parameter ${source.name} of type ${type}, which does not hold one image: use AWS::EC2::Image::Id or ${ssmType}.`;
        }
        return source.whole
          ? null
          : `Parameter ${source.name} is only a part of the ImageId of ${use.logicalId}: ${advice} that holds the whole id.`;
      }
      case 'launchTimeReference': {
        const type = source.parameter === null ? 'String' : (template.parameters.get(source.parameter)?.type ?? '');
        return nameTypes.has(type)
          ? null
          : `${where} is resolve:ssm: and parameter ${source.parameter} of type ${type}, which holds no name: make it a String.`;
      }
      default:
        return null;
    }
  });

const knownMacros = new Set(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::CodeDeployBlueGreen']);

/** For a template in which nothing at all sets an image. */
export const noImageAtAll = (template: Template): string => {
  const macros = template.macros.filter((macro) => !knownMacros.has(macro));
  const hidden = macros.length > 0 ? ` (the macro ${macros.join(', ')} may, which cannot be traced)` : '';
  const modules = [...template.resources].filter(([, { type }]) => type.endsWith('::MODULE')).map(([id]) => id);
  const inModule = modules.length > 0 ? ` (module ${modules.join(', ')} may, which cannot be seen into)` : '';
  return `No resource of the template sets an ImageId${hidden}${inModule}: there is no image to change.`;
};

const explain = (uses: readonly ImageUse[], sentence: (use: ImageUse, source: Source) => string | null): string[] => [
  ...new Set(uses.flatMap((use) => use.sources.map((source) => sentence(use, source)).filter((text) => text !== null))),
];
