import type { StackFacts } from '../ports/stacks.ts';
import { isLaunchReference, launchReference } from '../template/launch-reference.ts';
import { stackTags, type Mode, type Reader } from '../words.ts';

/** What carries a stack's image, by what DescribeStacks shows. */
export interface ImageParameterFound {
  /** The stack parameter; or `resolve:ssm:…`, where only the template names the SSM parameter. */
  readonly name: string;
  readonly mode: Mode;
  readonly readBy: Reader | null;
  readonly ssmParameter: string | null;
}

type Problem = { readonly reason: string };

const imagePattern = /^ami-[0-9a-f]{8,17}$/;
const pathPattern = /^\/[\w.-]+(?:\/[\w.-]+)*$/;

/** An SSM parameter that EC2 reads at each launch, or why a write of it would never get there. */
const atLaunch = (name: string, reference: string): ImageParameterFound | Problem => {
  const read = launchReference(reference);
  return 'problem' in read
    ? { reason: `its image ${reference} ${read.problem}` }
    : { name, mode: 'ssm', readBy: 'launch', ssmParameter: read.name };
};

/** The parameters whose value, or resolved value, is an image id, or an SSM parameter for EC2 to read. */
const candidates = (stack: StackFacts): { readonly name: string; readonly found: ImageParameterFound | Problem }[] =>
  stack.parameters.flatMap(({ name, value, resolved }) => {
    if (resolved !== null)
      return imagePattern.test(resolved)
        ? [{ name, found: { name, mode: 'ssm', readBy: 'stack', ssmParameter: value } }]
        : [];
    if (isLaunchReference(value)) return [{ name, found: atLaunch(name, value) }];
    return imagePattern.test(value)
      ? [{ name, found: { name, mode: 'parameter', readBy: null, ssmParameter: null } }]
      : [];
  });

/** What the tag names although its value shows no image: the template decides, when the stack is claimed. */
const byTagAlone = (stack: StackFacts, wanted: string): ImageParameterFound | Problem | null => {
  if (isLaunchReference(wanted)) return atLaunch(wanted, wanted);
  const parameter = stack.parameters.find(({ name }) => name === wanted);
  return parameter?.resolved === null && pathPattern.test(parameter.value)
    ? { name: wanted, mode: 'ssm', readBy: 'launch', ssmParameter: parameter.value }
    : null;
};

/** The one parameter that carries the image, or why it cannot be told. */
export const chooseImageParameter = (stack: StackFacts): ImageParameterFound | Problem => {
  const among = candidates(stack);
  const wanted = stack.tags[stackTags.parameter];
  const names = among.map(({ name }) => name).join(', ');
  if (wanted !== undefined) {
    const found = among.find(({ name }) => name === wanted)?.found ?? byTagAlone(stack, wanted);
    if (found) return found;
    const meant = wanted.startsWith('/') ? `; for an SSM parameter that launches read write resolve:ssm:${wanted}` : '';
    return {
      reason: `its tag ${stackTags.parameter} names ${wanted}, which holds no image id; parameters that do: ${names || 'none'}${meant}`,
    };
  }
  const [first, ...others] = among;
  if (!first) return { reason: 'no parameter of the stack holds an image id' };
  return others.length === 0
    ? first.found
    : { reason: `several parameters hold image ids (${names}): name one in the stack's tag ${stackTags.parameter}` };
};

/** The names of all SSM parameters that the stack can be seen to read, by its updates or its launches. */
export const ssmParametersRead = (stack: StackFacts): string[] => {
  const values = stack.parameters.flatMap(({ value, resolved }) => {
    if (resolved !== null) return [value];
    const read = isLaunchReference(value) ? launchReference(value) : null;
    return read && 'name' in read ? [read.name] : [];
  });
  const tagged = stack.tags[stackTags.parameter] === undefined ? null : chooseImageParameter(stack);
  const named = tagged && !('reason' in tagged) && tagged.ssmParameter !== null ? [tagged.ssmParameter] : [];
  return [...new Set([...values, ...named])];
};
