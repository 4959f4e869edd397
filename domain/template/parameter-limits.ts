import { isMapping } from './intrinsic.ts';
import type { Findings, ImageParameter } from './inspection.ts';
import type { Template } from './template.ts';

/** What in the parameter's declaration, or around it, keeps it from being set to a new image and put back. */
export const parameterLimits = (template: Template, image: ImageParameter): Findings => {
  const declared = template.parameters.get(image.name);
  const reasons: string[] = [];
  const notes: string[] = [];
  if (declared?.noEcho === true) {
    reasons.push(
      `Parameter ${image.name} is NoEcho, so its previous value cannot be read and put back: remove NoEcho.`,
    );
  }
  if (declared?.allowedValues && image.mode === 'parameter') {
    reasons.push(`Parameter ${image.name} has AllowedValues, so CloudFormation refuses a new image: remove them.`);
  }
  for (const id of image.resources) {
    const resource = template.resources.get(id);
    const named = isMapping(resource?.properties) && 'LaunchConfigurationName' in resource.properties;
    if (resource?.type === 'AWS::AutoScaling::LaunchConfiguration' && named) {
      reasons.push(
        `Launch configuration ${id} has a name of its own, so CloudFormation cannot replace it: remove LaunchConfigurationName.`,
      );
    }
  }
  if (image.mode === 'ssm' && declared?.default?.startsWith('/aws/') === true) {
    notes.push(
      `Parameter ${image.name} is ${declared.default} by default, which belongs to AWS and cannot be written: a stack needs an SSM parameter of its own.`,
    );
  }
  return { reasons, notes };
};
