import type { Mode, Reader } from '../words.ts';
import type { ImageUse } from './image-uses.ts';
import type { ImageParameter } from './inspection.ts';
import { isLaunchReference, launchReference } from './launch-reference.ts';
import type { Source } from './source.ts';
import type { Template, TemplateParameter } from './template.ts';

const modes: ReadonlyMap<string, Mode> = new Map([
  ['AWS::EC2::Image::Id', 'parameter'],
  ['String', 'parameter'],
  ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', 'ssm'],
  ['AWS::SSM::Parameter::Value<String>', 'ssm'],
]);

/** Types whose value may be the name in `resolve:ssm:${Name}`. */
export const nameTypes: ReadonlySet<string> = new Set(['String', 'AWS::SSM::Parameter::Name']);

/** Images of groups are read at launch through launch templates only; a launch configuration knows no such reference. */
const readsAtLaunch = ({ type }: ImageUse): boolean =>
  type === 'AWS::EC2::LaunchTemplate' || type === 'AWS::AutoScaling::AutoScalingGroup';

/** What the declaration of a parameter says of values that nobody has seen. */
const looksReadAtLaunch = ({ default: fallback, allowedPattern }: TemplateParameter): boolean =>
  isLaunchReference(fallback ?? '') || (allowedPattern?.startsWith('^resolve:ssm:') ?? false);

/** How an image is given to a parameter of this type; `null` for types that cannot hold exactly one. */
export const modeOf = (type: string): Mode | null => modes.get(type) ?? null;

/** Whether the type alone says that the value is an image. */
export const isImageType = (type: string): boolean => modes.has(type) && type.includes('AWS::EC2::Image::Id');

/**
 * What a rollout could set: parameters whose whole value is an `ImageId`, in at least one branch, and SSM parameters that
 * the template has EC2 read at each launch.
 *
 * @param reader - Who reads an SSM parameter through a parameter of type String, where the stack's values say so.
 */
export const imageParametersOf = (
  template: Template,
  uses: readonly ImageUse[],
  reader?: Reader | null,
): ImageParameter[] => {
  const declared = [...template.parameters].flatMap(([name, declaration]): ImageParameter[] => {
    const { type } = declaration;
    const found = usesOf(name, uses);
    const resources = [...new Set(found.map((use) => use.logicalId))].sort();
    if (resources.length === 0) return [];
    const named = found.some(({ sources }) =>
      sources.some((source) => source.kind === 'launchTimeReference' && source.parameter === name),
    );
    if (named)
      return nameTypes.has(type) && found.some(readsAtLaunch)
        ? [{ name, type, mode: 'ssm', readBy: 'launch', resources }]
        : [];
    const mode = modeOf(type);
    if (mode === null) return [];
    const launch = type === 'String' && (reader === undefined ? looksReadAtLaunch(declaration) : reader === 'launch');
    if (launch) return [{ name, type, mode: 'ssm', readBy: 'launch', resources }];
    return [{ name, type, mode, readBy: mode === 'ssm' ? 'stack' : null, resources }];
  });
  return [...declared, ...writtenReferences(uses)].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** `resolve:ssm:/web/image` in the template itself: the SSM parameter can be set, and no stack parameter stands before it. */
const writtenReferences = (uses: readonly ImageUse[]): ImageParameter[] => {
  const references = uses.filter(readsAtLaunch).flatMap(({ sources }) => sources.flatMap((source) => written(source)));
  return [...new Set(references)].map((name) => ({
    name,
    type: 'resolve:ssm',
    mode: 'ssm',
    readBy: 'launch',
    resources: [...new Set(usesOf(name, uses).map(({ logicalId }) => logicalId))].sort(),
  }));
};

const written = (source: Source): string[] =>
  source.kind === 'launchTimeReference' &&
  source.parameter === null &&
  source.reference !== 'resolve:ssm:*' &&
  'name' in launchReference(source.reference)
    ? [source.reference]
    : [];

/** Whether the source is the image parameter of this name and nothing else. */
export const isFrom = (name: string, source: Source): boolean =>
  source.kind === 'parameter'
    ? source.whole && source.name === name
    : source.kind === 'launchTimeReference' && (source.parameter ?? source.reference) === name;

/** The places whose image is the parameter's whole value. */
export const usesOf = (parameter: string, uses: readonly ImageUse[]): ImageUse[] =>
  uses.filter((use) => use.sources.some((source) => isFrom(parameter, source)));
