import { intrinsic, isMapping } from './intrinsic.ts';
import { launchReferencePrefix, partOf, sourceOfText, type Source } from './source.ts';
import type { Template } from './template.ts';

/**
 * Everything a value may come from, one source per branch: which parameters flow into it, through which nobody can see.
 * What only decides (a condition, a mapping's key, an index) is no source.
 */
export const sourcesOf = (value: unknown, template: Template): Source[] => new Tracer(template).trace(value);

type Piece = string | Source[];

class Tracer {
  readonly #template: Template;
  /** SSM parameters being followed: a template may refer in a circle, though CloudFormation refuses it. */
  readonly #following = new Set<string>();

  constructor(template: Template) {
    this.#template = template;
  }

  trace(value: unknown): Source[] {
    if (typeof value === 'string') return [sourceOfText(value)];
    if (typeof value === 'number' || typeof value === 'boolean') return [sourceOfText(String(value))];
    if (Array.isArray(value)) return value.flatMap((item) => this.trace(item)).map(partOf);
    const call = intrinsic(value);
    if (!call) return [{ kind: 'untraceable', what: 'a nested value' }];
    const args: readonly unknown[] = Array.isArray(call.argument) ? call.argument : [call.argument];
    switch (call.name) {
      case 'Ref':
        return this.#ref(call.argument);
      case 'Fn::If':
        return args.slice(1).flatMap((branch) => this.trace(branch));
      case 'Fn::Sub':
        return this.#compose(this.#subPieces(args[0], args[1]));
      case 'Fn::Join':
        return this.#join(args[0], args[1]);
      case 'Fn::Select':
        return this.#select(args[0], args[1]);
      case 'Fn::Split':
        return this.trace(args[1]).map(partOf);
      case 'Fn::FindInMap':
        return this.#findInMap(args);
      case 'Fn::GetAtt':
        return this.#attribute(args.map((part) => this.#name(part)).join('.'));
      case 'Fn::ImportValue':
      case 'Fn::GetStackOutput':
        return [{ kind: 'otherStack' }];
      default:
        return [{ kind: 'untraceable', what: call.name }];
    }
  }

  /** A name may be computed where `AWS::LanguageExtensions` is on: `Ref: { Fn::Sub: … }`. */
  #name(value: unknown): string {
    if (typeof value === 'string') return value;
    const [source, ...others] = this.trace(value);
    return source?.kind === 'literal' && others.length === 0 ? source.value : '(computed)';
  }

  #ref(of: unknown): Source[] {
    const name = this.#name(of);
    if (name === 'AWS::NoValue') return [];
    if (name.startsWith('AWS::')) return [{ kind: 'literal', value: name }];
    if (this.#template.parameters.has(name)) return [{ kind: 'parameter', name, whole: true }];
    if (this.#template.resources.has(name)) return [{ kind: 'resource', logicalId: name, attribute: null }];
    return [{ kind: 'untraceable', what: `Ref ${name}` }];
  }

  #attribute(path: string): Source[] {
    const dot = path.indexOf('.');
    const [logicalId, attribute] = [path.slice(0, dot), path.slice(dot + 1)];
    const resource = this.#template.resources.get(logicalId);
    if (!resource) return [{ kind: 'untraceable', what: `Fn::GetAtt ${path}` }];
    // An SSM parameter that the stack itself makes hands its value on unchanged.
    const passesOn = resource.type === 'AWS::SSM::Parameter' && attribute === 'Value' && isMapping(resource.properties);
    if (!passesOn || this.#following.has(logicalId)) return [{ kind: 'resource', logicalId, attribute }];
    this.#following.add(logicalId);
    const sources = this.trace((resource.properties as Record<string, unknown>).Value);
    this.#following.delete(logicalId);
    return sources;
  }

  #subPieces(text: unknown, variables: unknown): Piece[] {
    if (typeof text !== 'string') return [[{ kind: 'untraceable', what: 'Fn::Sub' }]];
    return text.split(/(\$\{[^}]*\})/).map((part): Piece => {
      const name = /^\$\{(.*)\}$/.exec(part)?.[1]?.trim();
      if (name === undefined) return part;
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (isMapping(variables) && Object.hasOwn(variables, name)) return this.#piece(variables[name]);
      return name.includes('.') ? this.#attribute(name) : this.#ref(name);
    });
  }

  #join(delimiter: unknown, list: unknown): Source[] {
    if (!Array.isArray(list)) return this.trace(list).map(partOf);
    const pieces = list.map((item) => this.#piece(item));
    return this.#compose(pieces.flatMap((piece, at) => (at === 0 ? [piece] : [String(delimiter), piece])));
  }

  #select(index: unknown, list: unknown): Source[] {
    if (!Array.isArray(list)) return this.trace(list).map(partOf);
    const at = typeof index === 'number' || typeof index === 'string' ? Number(index) : NaN;
    return Number.isInteger(at) ? this.trace(list[at]) : list.flatMap((item) => this.trace(item));
  }

  /** `resolve:ssm:` and then one piece that is the parameter's name, in each of its branches. */
  #launchReferences(names: readonly Source[]): Source[] {
    return names.map((source) => ({
      kind: 'launchTimeReference',
      reference: source.kind === 'literal' ? `${launchReferencePrefix}${source.value}` : `${launchReferencePrefix}*`,
      parameter: source.kind === 'parameter' && source.whole ? source.name : null,
    }));
  }

  #findInMap([map, , , options]: readonly unknown[]): Source[] {
    const mapping: Source = { kind: 'mapping', name: typeof map === 'string' ? map : 'of a computed name' };
    const fallback = isMapping(options) && 'DefaultValue' in options ? this.trace(options.DefaultValue) : [];
    return [mapping, ...fallback];
  }

  #piece(value: unknown): Piece {
    const sources = this.trace(value);
    const [only] = sources;
    return sources.length === 1 && only?.kind === 'literal' ? only.value : sources;
  }

  /** Text put together: alone, a piece stays what it is; with others it is a part, and the whole may be a reference. */
  #compose(pieces: readonly Piece[]): Source[] {
    const filled = pieces.filter((piece) => piece.length > 0);
    const text = sourceOfText(filled.map((piece) => (typeof piece === 'string' ? piece : '*')).join(''));
    if (text.kind === 'launchTimeReference' && text.reference === `${launchReferencePrefix}*`)
      return this.#launchReferences(filled.flatMap((piece) => (typeof piece === 'string' ? [] : piece)));
    if (text.kind !== 'literal' || filled.every((piece) => typeof piece === 'string')) return [text];
    const sources = filled.filter((piece) => typeof piece !== 'string').flat();
    return filled.length === 1 ? sources : sources.map(partOf);
  }
}
