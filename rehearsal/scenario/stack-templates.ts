import { readFileSync } from 'node:fs';
import { type StackTemplate, readTemplate } from '../aws/state/stack-template.ts';
import type { FleetStack } from './generate-fleet.ts';

/** What a template is chosen by. */
type Kind = Pick<FleetStack, 'mode' | 'readBy' | 'replacement'>;

/** The template of each kind of stack: `parameter-rolling`, `ssm-instance-refresh`, … */
export type StackTemplates = (stack: Kind) => StackTemplate;

const policies = { rolling: 'rolling', instanceRefresh: 'instance-refresh', none: 'none' } as const;

/** The name of a kind of stack, which is also its example's file name. */
const templateName = ({ mode, readBy, replacement }: Kind): string =>
  readBy === 'launch' ? 'ssm-at-launch' : `${mode}-${policies[replacement]}`;

/** The example stacks of this project, read from disk when first asked for: do so before virtual time begins. */
export const exampleTemplates = (): StackTemplates => {
  const read = new Map<string, StackTemplate>();
  return (stack) => {
    const name = templateName(stack);
    let template = read.get(name);
    if (template === undefined) {
      template = readTemplate(readFileSync(new URL(`../../examples/stacks/${name}.yaml`, import.meta.url), 'utf8'));
      read.set(name, template);
    }
    return template;
  };
};
