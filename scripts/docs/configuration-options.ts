import * as z from 'zod';
import { rolloutSchema } from '../../infra/config.ts';

/** What the pages need to know of JSON Schema, as zod writes it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Ours, from `wholeNumber`. */
  readonly unit?: string;
}

/** One option that takes a value, by its path: `rings[].cap`, `families.<name>.owners`. */
export interface ConfigurationOption {
  readonly path: readonly string[];
  readonly value: string;
  /** `required`, or what it is when it is left out. */
  readonly byDefault: string;
  readonly meaning: string;
}

/** A top-level option with everything below it. */
export interface ConfigurationSection {
  readonly name: string;
  readonly meaning: string;
  readonly options: readonly ConfigurationOption[];
}

const number = new Intl.NumberFormat('en-US');

/** The step of a path into any entry of a list, and into any entry of a map. */
export const [eachItem, eachEntry] = ['[]', '<name>'] as const;

const withoutNull = (schema: Schema): Schema => {
  const others = schema.anyOf?.filter((one) => !typesOf(one).includes('null'));
  return others?.length === 1 && others[0] !== undefined ? others[0] : schema;
};

const typesOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;

const isNullable = (schema: Schema): boolean =>
  [schema, ...(schema.anyOf ?? [])].some((one) => typesOf(one).includes('null'));

const spell = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

const range = ({ minimum, maximum, unit }: Schema): string => {
  const bounds = minimum === undefined || maximum === undefined ? [] : [minimum, maximum];
  // zod bounds every integer by the safe ones, which says nothing to a reader.
  const shown =
    maximum === Number.MAX_SAFE_INTEGER ? [`from ${minimum}`] : [bounds.map((one) => number.format(one)).join('–')];
  return [...(bounds.length > 0 ? shown : []), ...(unit === undefined ? [] : [unit])].join(' ');
};

/** What may be written there, in words. */
const describeValue = (schema: Schema): string => {
  const inner = withoutNull(schema);
  const type = typesOf(inner).find((one) => one !== 'null');
  const text = (): string => {
    if (inner.enum !== undefined) return inner.enum.map((one) => `\`${spell(one)}\``).join(' or ');
    if (inner.anyOf !== undefined)
      return inner.anyOf
        .filter((one) => one.type !== 'null')
        .map(describeValue)
        .join(' or ');
    if (type === 'integer' || type === 'number')
      return [type === 'integer' ? '' : 'number', range(inner)].filter(Boolean).join(' ');
    if (type === 'array') return `list of ${describeValue(inner.items ?? {})}`;
    if (type === 'object' && inner.properties !== undefined)
      return `\`{ ${Object.keys(inner.properties).join(', ')} }\``;
    if (type === 'object') return 'map of texts';
    return type === 'string' ? 'text' : type === 'boolean' ? '`true` or `false`' : (type ?? 'anything');
  };
  return isNullable(schema) ? `${text()} or \`null\`` : text();
};

/** The default as the description says it, which knows what depends on what; else as the schema has it. */
const split = (schema: Schema, isRequired: boolean): Pick<ConfigurationOption, 'byDefault' | 'meaning'> => {
  const [, meaning = '', said] = /^([^]*?)(?:\s*Default: ([^]*)\.)?$/.exec(schema.description ?? '') ?? [];
  const other = isRequired ? 'required' : schema.default === undefined ? 'none' : `\`${spell(schema.default)}\``;
  return { meaning, byDefault: said ?? other };
};

/** Every option that takes a value, at and below `schema`. */
const optionsOf = (schema: Schema, path: readonly string[], isRequired: boolean): readonly ConfigurationOption[] => {
  const inner = withoutNull(schema);
  if (inner.properties !== undefined)
    return Object.entries(inner.properties).flatMap(([name, one]) =>
      optionsOf(one, [...path, name], inner.required?.includes(name) ?? false),
    );
  if (inner.items !== undefined && withoutNull(inner.items).properties !== undefined)
    return optionsOf(inner.items, [...path, eachItem], false);
  const entry = inner.additionalProperties;
  if (typeof entry === 'object' && withoutNull(entry).properties !== undefined)
    return optionsOf(entry, [...path, eachEntry], false);
  return [{ path, value: describeValue(schema), ...split(schema, isRequired) }];
};

/** Everything that `rollout.config.ts` may say, read from its schema. */
export const configurationSections = (): readonly ConfigurationSection[] => {
  const schema = z.toJSONSchema(rolloutSchema, { io: 'input' }) as Schema;
  return Object.entries(schema.properties ?? {}).map(([name, one]) => ({
    name,
    meaning: one.description ?? '',
    options: optionsOf(one, [name], schema.required?.includes(name) ?? false),
  }));
};
