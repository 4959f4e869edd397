import { isImageType, modeOf } from './image-parameters.ts';
import type { Findings, ImageParameter } from './inspection.ts';
import { isMapping } from './intrinsic.ts';
import { sourcesOf } from './references.ts';
import type { Template } from './template.ts';

/** A child stack that is given a parameter which is, or looks like, an image. */
interface NestedStackUse {
  readonly logicalId: string;
  readonly parameter: string;
}

/** A rollout does not see a child's instances, so an image that ends in a child cannot be proven. */
export const nestedStackFindings = (
  template: Template,
  imageParameters: readonly ImageParameter[],
  chosen: ImageParameter | null,
): Findings => ({
  reasons: nestedStackUses(
    template,
    imageParameters.map(({ name }) => name),
  )
    .filter(({ parameter }) => chosen === null || chosen.name === parameter)
    .map(
      ({ logicalId, parameter }) =>
        `Parameter ${parameter} goes to nested stack ${logicalId}, which only an update of this parent may change and whose instances are not followed yet: move its launch template and group into this template, or update the parent by hand.`,
    ),
  notes: [],
});

/**
 * Image parameters handed to `AWS::CloudFormation::Stack`. The child's template is not at hand, so a parameter counts
 * when its type says image, when it sets an image here too, or when the child calls it one.
 */
const nestedStackUses = (template: Template, imageParameters: readonly string[]): NestedStackUse[] => {
  const isImage = (name: string, childKey: string): boolean => {
    const type = template.parameters.get(name)?.type ?? '';
    return isImageType(type) || imageParameters.includes(name) || (modeOf(type) !== null && soundsLikeImage(childKey));
  };
  return [...template.resources].flatMap(([logicalId, { type, properties }]) => {
    if (type !== 'AWS::CloudFormation::Stack' || !isMapping(properties)) return [];
    const given = isMapping(properties.Parameters) ? Object.entries(properties.Parameters) : [];
    const names = given.flatMap(([key, value]) =>
      sourcesOf(value, template).flatMap((source) =>
        source.kind === 'parameter' && isImage(source.name, key) ? [source.name] : [],
      ),
    );
    return [...new Set(names)].map((parameter) => ({ logicalId, parameter }));
  });
};

/** `ImageId`, `AmiId`, `BaseAMI`, `image_id`; not `Family` or `ContainerImageUri`. */
const soundsLikeImage = (key: string): boolean =>
  /(?:^|[a-z_])(?:AMI|Ami)(?:$|[A-Z_])|^ami|(?:^|[a-z_])[Ii]mage_?(?:[Ii][Dd])?$/.test(key);
