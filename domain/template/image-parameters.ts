import type { Mode } from '../words.ts';
import type { ImageUse } from './image-uses.ts';
import type { ImageParameter } from './inspection.ts';
import type { Template } from './template.ts';

const modes: ReadonlyMap<string, Mode> = new Map([
  ['AWS::EC2::Image::Id', 'parameter'],
  ['String', 'parameter'],
  ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', 'ssm'],
  ['AWS::SSM::Parameter::Value<String>', 'ssm'],
]);

/** How an image is given to a parameter of this type; `null` for types that cannot hold exactly one. */
export const modeOf = (type: string): Mode | null => modes.get(type) ?? null;

/** Whether the type alone says that the value is an image. */
export const isImageType = (type: string): boolean => modes.has(type) && type.includes('AWS::EC2::Image::Id');

/** The parameters that a rollout could set: their whole value is an `ImageId`, in at least one branch. */
export const imageParametersOf = (template: Template, uses: readonly ImageUse[]): ImageParameter[] =>
  [...template.parameters]
    .flatMap(([name, { type }]): ImageParameter[] => {
      const mode = modeOf(type);
      const resources = usesOf(name, uses).map((use) => use.logicalId);
      return mode && resources.length > 0 ? [{ name, type, mode, resources: [...new Set(resources)].sort() }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The places whose image is the parameter's whole value. */
export const usesOf = (parameter: string, uses: readonly ImageUse[]): ImageUse[] =>
  uses.filter((use) =>
    use.sources.some((source) => source.kind === 'parameter' && source.whole && source.name === parameter),
  );
