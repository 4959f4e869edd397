import { readFileSync } from 'node:fs';
import { type StackTemplate, readTemplate } from '../aws/state/stack-template.ts';
import type { FleetStack } from './generate-fleet.ts';

/** What a template is chosen by. */
type Kind = Pick<FleetStack, 'mode' | 'readBy' | 'replacement'>;

/** The template of each kind of stack: `parameter-rolling`, `ssm-instance-refresh`, … */
export type StackTemplates = (stack: Kind) => StackTemplate;

const policies = {
  rolling: 'rolling',
  replacing: 'rolling',
  instanceRefresh: 'instance-refresh',
  none: 'none',
  latest: 'rolling',
  default: 'rolling',
} as const;

const version = '!GetAtt LaunchTemplate.LatestVersionNumber';

/** What is different from the example where there is none of that kind. */
const edits: Partial<Record<Kind['replacement'], (body: string) => string>> = {
  replacing: (body) =>
    body.replace(
      /( {4})UpdatePolicy:\n[^]*?(?= {4}Properties:\n)/,
      '$1UpdatePolicy:\n      AutoScalingReplacingUpdate:\n        WillReplace: true\n',
    ),
  latest: (body) => body.replace(version, () => '$Latest'),
  default: (body) => body.replace(version, () => '$Default'),
};

/** The name of a kind of stack, which is also its example's file name. */
const templateName = ({ mode, readBy, replacement }: Kind): string =>
  readBy === 'launch' ? 'ssm-at-launch' : `${mode}-${policies[replacement]}`;

/** The example stacks of this project, read from disk when first asked for: do so before virtual time begins. */
export const exampleTemplates = (): StackTemplates => {
  const read = new Map<string, StackTemplate>();
  return (stack) => {
    const name = templateName(stack);
    const key = `${name} ${stack.readBy === 'launch' ? '' : stack.replacement}`;
    let template = read.get(key);
    if (template === undefined) {
      const body = readFileSync(new URL(`../../examples/stacks/${name}.yaml`, import.meta.url), 'utf8');
      const edit = stack.readBy === 'launch' ? undefined : edits[stack.replacement];
      template = readTemplate(edit?.(body) ?? body);
      read.set(key, template);
    }
    return template;
  };
};
