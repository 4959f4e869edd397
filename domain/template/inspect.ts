import type { Reader } from '../words.ts';
import { chooseParameter } from './choose-parameter.ts';
import { groupsOf } from './groups.ts';
import { imageParametersOf, isFrom, usesOf } from './image-parameters.ts';
import { imageUses, type ImageUse } from './image-uses.ts';
import type { Findings, Group, ImageParameter, Inspection } from './inspection.ts';
import { nestedStackFindings } from './nested-stacks.ts';
import { parameterLimits } from './parameter-limits.ts';
import { isStandaloneInstance, outsideFindings, outsideGroups, type OutsideGroups } from './outside-groups.ts';
import type { Template } from './template.ts';
import { noImageAtAll, selfChangingImages, unsettableImages } from './untouchable-images.ts';

/** What the stack's owner has decided, by tags on the stack. */
export interface InspectOptions {
  /**
   * The image parameter to set, for templates that have several.
   * @default - the only one
   */
  readonly parameter?: string;
  /**
   * Whether standalone instances may be replaced.
   * @default false
   */
  readonly allowStandalone?: boolean;
  /**
   * Who reads the image's SSM parameter, as the values of the stack tell; null: there is none.
   * @default - as the parameters' types and defaults say
   */
  readonly readBy?: Reader | null;
}

/** Says which parameter sets the template's image, how its instances are replaced, and whether a rollout may do it. */
export const inspectTemplate = (template: Template, options: InspectOptions = {}): Inspection => {
  const uses = imageUses(template);
  const imageParameters = imageParametersOf(template, uses, options.readBy);
  const groups = groupsOf(template, uses, imageParameters);
  const outside = outsideGroups(template, uses, imageParameters);
  const { chosen, reasons: open } = chooseParameter(imageParameters, options.parameter);

  const nested = nestedStackFindings(template, imageParameters, chosen);
  const fixed = unsettableImages(template, uses);
  const always = [...selfChangingImages(uses), ...nested.reasons];
  const findings: Findings[] = [{ reasons: always, notes: [] }];
  if (chosen) {
    const reaches = (resource: { parameters: readonly string[] }) => resource.parameters.includes(chosen.name);
    findings.push(
      parameterLimits(template, chosen),
      ...groups.filter(reaches),
      outsideFindings(outside.filter(reaches), options.allowStandalone ?? false),
      unreached(chosen, groups, outside.filter(reaches)),
      { reasons: [], notes: keptImages(template, chosen, uses) },
    );
  } else if (imageParameters.length === 0 && always.length === 0) {
    findings.push({ reasons: fixed.length > 0 ? fixed : [noImageAtAll(template)], notes: [] });
  }
  findings.push({ reasons: open, notes: [] });

  const reasons = [...new Set(findings.flatMap((finding) => finding.reasons))];
  return {
    imageParameters,
    parameter: chosen?.name ?? null,
    groups: groups.map(({ logicalId, replacement, parameters }) => ({ logicalId, replacement, parameters })),
    standaloneInstances: outside.filter(isStandaloneInstance).map(({ logicalId }) => logicalId),
    eligible: reasons.length === 0,
    reasons,
    notes: [...new Set(findings.flatMap((finding) => finding.notes))],
  };
};

/** Groups that the chosen parameter does not reach; if it reaches nothing at all, there is nothing to roll. */
const unreached = (chosen: ImageParameter, groups: readonly Group[], reached: readonly OutsideGroups[]): Findings => {
  const others = groups.filter((group) => !group.parameters.includes(chosen.name));
  const nothing = others.length === groups.length && !reached.some(isStandaloneInstance);
  const why =
    groups.length === 0
      ? 'The template has no Auto Scaling group, so there are no instances to replace: add one, or take the stack out of the rollout.'
      : `No Auto Scaling group launches from parameter ${chosen.name}: let one refer to ${chosen.resources.join(' or ')}.`;
  return {
    reasons: nothing ? [why] : [],
    notes: others.map(
      ({ logicalId }) => `Group ${logicalId} does not take its image from ${chosen.name} and keeps it.`,
    ),
  };
};

/** Images that stay: those of other resources, and the other branch where a condition decides. */
const keptImages = (template: Template, chosen: ImageParameter, uses: readonly ImageUse[]): string[] => {
  const set = usesOf(chosen.name, uses);
  const conditional = set.filter(({ sources }) => sources.some((source) => !isFrom(chosen.name, source)));
  return [
    ...conditional.map((use) => `The ImageId of ${use.logicalId} is ${chosen.name} in some conditions only.`),
    ...unsettableImages(
      template,
      uses.filter((use) => !set.includes(use)),
    ).map((sentence) => `Not changed: ${sentence}`),
  ];
};
