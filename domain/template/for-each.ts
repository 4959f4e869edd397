import { intrinsic, isMapping, type Mapping } from './intrinsic.ts';

interface Binding {
  readonly variable: string;
  readonly value: string;
}

const bindText = (text: string, { variable, value }: Binding): string =>
  text.replaceAll(`\${${variable}}`, value).replaceAll(`&{${variable}}`, value.replaceAll(/[^A-Za-z0-9]/g, ''));

const bind = (node: unknown, binding: Binding): unknown => {
  if (typeof node === 'string') return bindText(node, binding);
  if (Array.isArray(node)) return node.map((item) => bind(item, binding));
  if (!isMapping(node)) return node;
  const call = intrinsic(node);
  if (call?.name === 'Ref' && call.argument === binding.variable) return binding.value;
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [bindText(key, binding), bind(item, binding)]));
};

const iterations = (loop: unknown): Mapping[] => {
  if (!Array.isArray(loop)) return [];
  const [variable, collection, body] = loop as readonly unknown[];
  if (typeof variable !== 'string' || !isMapping(body)) return [];
  const literal = Array.isArray(collection) && collection.every((item) => typeof item === 'string');
  return literal ? collection.map((value) => bind(body, { variable, value }) as Mapping) : [body];
};

/**
 * Writes the loops of `AWS::LanguageExtensions` out: `Fn::ForEach::Name: [variable, collection, body]`.
 * A collection that only CloudFormation knows (a list parameter) gives one copy of the body, as written.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export const expandForEach = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(expandForEach);
  if (!isMapping(node)) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      key.startsWith('Fn::ForEach')
        ? iterations(value).flatMap((copy) => Object.entries(expandForEach(copy) as Mapping))
        : [[key, expandForEach(value)] as const],
    ),
  );
};
