import { Pair, Scalar, YAMLMap, type CollectionTag, type ScalarTag, type YAMLSeq } from 'yaml';

const longName = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

/** `!GetAtt Name.Attribute` is a list in the long form; the attribute may have dots of its own (`Outputs.Image`). */
const longArgument = (name: string, text: string): string | string[] => {
  const dot = text.indexOf('.');
  return name === 'GetAtt' && dot > 0 ? [text.slice(0, dot), text.slice(dot + 1)] : text;
};

const tagsOf = (name: string): (ScalarTag | CollectionTag)[] => {
  const tag = `!${name}`;
  const wrap = (argument: YAMLMap | YAMLSeq) => {
    const call = new YAMLMap();
    call.items.push(new Pair(new Scalar(longName(name)), argument));
    return call;
  };
  return [
    { tag, resolve: (text: string) => ({ [longName(name)]: longArgument(name, text) }) },
    { tag, collection: 'seq', resolve: (argument) => wrap(argument) },
    { tag, collection: 'map', resolve: (argument) => wrap(argument) },
  ];
};

/**
 * YAML tags that turn CloudFormation's short forms (`!Sub`, `!If`, …) into their long forms. Taken from the text and not
 * from a list, because CloudFormation goes on adding functions: `!Anything` is `Fn::Anything` but for `!Ref` and
 * `!Condition`.
 */
export const shortFormsIn = (text: string): (ScalarTag | CollectionTag)[] => {
  const names = new Set(Array.from(text.matchAll(/!([A-Z][A-Za-z0-9]*)/g), (match) => match[1] ?? ''));
  return [...names].flatMap(tagsOf);
};
