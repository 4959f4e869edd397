import { parseDocument } from 'yaml';
import { expandForEach } from './for-each.ts';
import { isMapping, type Mapping } from './intrinsic.ts';
import { InvalidTemplate } from './invalid-template.ts';
import { shortFormsIn } from './short-forms.ts';
import { isTrue, scalar } from './scalar.ts';
import type { Template, TemplateParameter, TemplateResource } from './template.ts';
import { valuesOf } from './walk.ts';

/**
 * Reads a template as `GetTemplate` returns it, JSON or YAML with short forms.
 *
 * @throws InvalidTemplate naming the line when the text cannot be read, or what is missing when it is no template.
 */
export const parseTemplate = (text: string): Template => {
  const root = readText(text);
  if (!isMapping(root)) throw new InvalidTemplate('Not a CloudFormation template: the top level must be a mapping.');
  const resources = section(root, 'Resources');
  if (Object.keys(resources).length === 0) {
    throw new InvalidTemplate('Not a CloudFormation template: it has no Resources.');
  }
  return {
    parameters: new Map(Object.entries(section(root, 'Parameters')).map(([id, of]) => [id, parameter(id, of)])),
    resources: new Map(
      Object.entries(resources)
        .filter(([id]) => !id.startsWith('Fn::'))
        .map(([id, of]) => [id, resource(id, of)]),
    ),
    macros: [root.Transform, ...valuesOf('Fn::Transform', resources)].flat().flatMap(macroName),
  };
};

/** YAML reads JSON too, but slowly, and templates reach 1 MB: JSON goes first, YAML gives the line when that fails. */
const readText = (text: string): unknown => {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // Flow-style YAML, or broken: the YAML reader below knows which, and where.
    }
  }
  // CloudFormation keeps the last of two equal keys; a deployed template may have them.
  const document = parseDocument(text, { customTags: shortFormsIn(text), uniqueKeys: false, merge: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new InvalidTemplate(readable(problem.message), { cause: problem });
  try {
    const value = document.toJS() as unknown;
    // Anchors can tie a knot; everything that walks a template counts on a tree, and this refuses anything else.
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new InvalidTemplate(readable(cause instanceof Error ? cause.message : String(cause)), { cause });
  }
};

/** The reader's message is `what at line 3, column 7:` and then the lines themselves, which a reason has no room for. */
const readable = (message: string): string => {
  const [first = message] = message.split('\n');
  return `The template cannot be read: ${first.replace(/[:.]$/, '')}.`;
};

const section = (root: Mapping, name: string): Mapping => {
  const value = root[name] ?? {};
  if (!isMapping(value)) throw new InvalidTemplate(`Not a CloudFormation template: ${name} must be a mapping.`);
  return expandForEach(value) as Mapping;
};

const parameter = (id: string, of: unknown): TemplateParameter => {
  if (!isMapping(of) || typeof of.Type !== 'string') throw new InvalidTemplate(`Parameter ${id} has no Type.`);
  const allowed = of.AllowedValues;
  return {
    type: of.Type.replaceAll(' ', ''),
    default: scalar(of.Default),
    allowedValues: Array.isArray(allowed) ? allowed.map(scalar).filter((value) => value !== null) : null,
    allowedPattern: scalar(of.AllowedPattern),
    noEcho: isTrue(of.NoEcho),
  };
};

const resource = (id: string, of: unknown): TemplateResource => {
  if (!isMapping(of)) throw new InvalidTemplate(`Resource ${id} is not a mapping.`);
  const type = of.Type ?? ('Fn::Transform' in of ? 'Fn::Transform' : null);
  if (typeof type !== 'string') throw new InvalidTemplate(`Resource ${id} has no Type.`);
  return { type, properties: of.Properties, updatePolicy: of.UpdatePolicy };
};

const macroName = (transform: unknown): string[] => {
  const name = isMapping(transform) ? transform.Name : transform;
  return typeof name === 'string' ? [name] : [];
};
