import { parametersReaching } from './groups.ts';
import type { ImageUse } from './image-uses.ts';
import type { Findings, ImageParameter } from './inspection.ts';
import { launchSpecifications } from './launch-specifications.ts';
import type { Template } from './template.ts';

/** A resource outside any group whose image an image parameter decides. */
export interface OutsideGroups {
  readonly logicalId: string;
  readonly type: string;
  readonly parameters: readonly string[];
}

const inGroups = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::LaunchTemplate',
]);

/** What launches instances from an image parameter without an Auto Scaling group: single instances, fleets, node groups. */
export const outsideGroups = (
  template: Template,
  uses: readonly ImageUse[],
  imageParameters: readonly ImageParameter[],
): OutsideGroups[] =>
  [...template.resources]
    .filter(([, { type }]) => !inGroups.has(type))
    .map(([logicalId, resource]) => ({
      logicalId,
      type: resource.type,
      parameters: parametersReaching(logicalId, launchSpecifications(resource, template), uses, imageParameters),
    }))
    .filter(({ parameters }) => parameters.length > 0)
    .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));

/** `AWS::EC2::Instance`: a change of its image makes a new instance and deletes the old one with its volumes. */
export const isStandaloneInstance = (resource: OutsideGroups): boolean => resource.type === 'AWS::EC2::Instance';

/** What is to be said about those that the chosen parameter reaches. */
export const outsideFindings = (resources: readonly OutsideGroups[], allowStandalone: boolean): Findings => {
  const instances = resources.filter(isStandaloneInstance).map(({ logicalId }) => logicalId);
  const others = resources.filter((resource) => !isStandaloneInstance(resource));
  return {
    reasons: allowStandalone
      ? []
      : instances.map(
          (id) =>
            `Instance ${id} stands alone: a new image replaces it and its instance volumes are lost; move it into an Auto Scaling group, or allow the replacement by the stack's tag ami-rollout:standalone=replace.`,
        ),
    notes: [
      ...(allowStandalone ? instances.map((id) => `Instance ${id} stands alone and is replaced, as allowed.`) : []),
      ...others.map(
        ({ logicalId, type }) => `${logicalId} (${type}) takes the image too; its instances are not counted.`,
      ),
    ],
  };
};
