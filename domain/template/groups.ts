import type { Replacement } from '../words.ts';
import { usesOf } from './image-parameters.ts';
import type { ImageUse } from './image-uses.ts';
import type { Findings, Group, ImageParameter } from './inspection.ts';
import { launchSpecifications, type LaunchSpecification } from './launch-specifications.ts';
import type { Template } from './template.ts';
import { hasContradiction, replacementsAsked } from './update-policy.ts';

/** The template's Auto Scaling groups, and what is to be said about each if its image changes. */
export const groupsOf = (
  template: Template,
  uses: readonly ImageUse[],
  imageParameters: readonly ImageParameter[],
): (Group & Findings)[] =>
  [...template.resources]
    .filter(([, resource]) => resource.type === 'AWS::AutoScaling::AutoScalingGroup')
    .map(([logicalId, resource]) => {
      const specifications = launchSpecifications(resource, template);
      const parameters = parametersReaching(logicalId, specifications, uses, imageParameters);
      return {
        logicalId,
        parameters,
        ...(readAtLaunch(parameters, imageParameters)
          ? launched(logicalId)
          : judged(logicalId, resource.updatePolicy, affected(specifications, uses, imageParameters))),
      };
    })
    .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));

/** The image parameters that a resource's instances come from: through what it refers to, or set on itself. */
export const parametersReaching = (
  logicalId: string,
  specifications: readonly LaunchSpecification[],
  uses: readonly ImageUse[],
  imageParameters: readonly ImageParameter[],
): string[] => {
  const targets = new Set([logicalId, ...specifications.flatMap((specification) => specification.targets)]);
  return imageParameters
    .map(({ name }) => name)
    .filter((name) => usesOf(name, uses).some((use) => targets.has(use.logicalId)));
};

/** Only the references through which an image can change say how the group meets the change. */
const affected = (
  specifications: readonly LaunchSpecification[],
  uses: readonly ImageUse[],
  imageParameters: readonly ImageParameter[],
): readonly LaunchSpecification[] => {
  const settable = new Set(imageParameters.flatMap(({ name }) => usesOf(name, uses)).map((use) => use.logicalId));
  const reached = specifications.filter(({ targets }) => targets.some((target) => settable.has(target)));
  return reached.length > 0 ? reached : specifications;
};

/** None of its images is set by an update of the stack: EC2 reads them all at launch. */
const readAtLaunch = (parameters: readonly string[], imageParameters: readonly ImageParameter[]): boolean =>
  parameters.length > 0 &&
  imageParameters.every(({ name, readBy }) => !parameters.includes(name) || readBy === 'launch');

/** No version of its launch template and no update policy matters then: the update has nothing to change. */
const launched = (id: string): Findings & { replacement: Replacement } => ({
  replacement: 'none',
  reasons: [],
  notes: [
    `Group ${id} has its SSM parameter read by EC2 at every launch: an instance refresh follows the write, and from the write on any scale-out starts the new image.`,
  ],
});

const judged = (
  id: string,
  updatePolicy: unknown,
  specifications: readonly LaunchSpecification[],
): Findings & { replacement: Replacement } => {
  const versions = specifications.map((specification) => specification.version);
  const asked = replacementsAsked(updatePolicy);
  const [policy = 'none'] = asked;
  const none = (note: string) => ({ replacement: 'none' as const, reasons: [], notes: [note] });

  if (hasContradiction(updatePolicy)) {
    const reason = `Group ${id} has both AutoScalingRollingUpdate and AutoScalingInstanceRefresh, which CloudFormation refuses: remove one.`;
    return { replacement: 'none', reasons: [reason], notes: [] };
  }
  if (versions.includes('pinned')) {
    const reason = `Group ${id} asks for a fixed version of its launch template, so a new image never reaches it: use Fn::GetAtt LatestVersionNumber.`;
    return { replacement: 'none', reasons: [reason], notes: [] };
  }
  if (versions.includes('$Default')) {
    return none(
      `Group ${id} asks for launch template version $Default, which CloudFormation leaves at version 1: unless something else moves it, a new image never reaches the group; use Fn::GetAtt LatestVersionNumber.`,
    );
  }
  if (versions.includes('$Latest') || versions.includes('mixed')) {
    return none(
      `Group ${id} does not always follow its launch template by Fn::GetAtt LatestVersionNumber, so its update policy may not run: an instance refresh follows the update.`,
    );
  }
  if (asked.length > 1) {
    return none(
      `Group ${id} has an update policy that depends on a condition: an instance refresh follows the update.`,
    );
  }
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
  if (policy === 'instanceRefresh' && versions.includes(null)) {
    return none(
      `Group ${id} uses a launch configuration, whose change does not start AutoScalingInstanceRefresh: an instance refresh follows the update.`,
    );
  }
  return { replacement: policy, reasons: [], notes: [] };
};
