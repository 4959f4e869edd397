/** A JSON schema, as far as the API's own document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One operation of the document, with a request that fits it. */
export interface Described {
  readonly method: string;
  /** As the document has it, with the names of its parameters. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: Schema | null;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A request that must be refused, and the field that the answer has to name. */
export interface BadRequest {
  readonly what: string;
  readonly field: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const hex64 = 'a'.repeat(64);

/** A value that fits. */
const fitting = (schema: Schema, resolve: (schema: Schema) => Schema): unknown => {
  const { type, enum: values, pattern = '', example, items, properties, required = [], anyOf } = resolve(schema);
  if (example !== undefined) return example;
  if (values !== undefined) return values[0];
  if (anyOf !== undefined) return fitting(anyOf[0] ?? {}, resolve);
  if (properties !== undefined)
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name))
        .map(([name, one]) => [name, fitting(one, resolve)]),
    );
  if (type === 'boolean') return true;
  if (type === 'integer') return 1;
  if (type === 'array') return [fitting(items ?? {}, resolve)];
  return pattern.includes('{64}') ? hex64 : pattern.includes('cloudformation') ? 'arn' : 'campaign-1';
};

const wrongFor = (schema: Schema): readonly (readonly [string, unknown])[] => {
  const { type } = schema;
  const long: readonly [string, unknown] = ['too long', 'x'.repeat(3_000)];
  if (type === 'boolean')
    return [
      ['a text', 'yes'],
      ['null', null],
    ];
  if (type === 'array')
    return [
      ['a text', 'x'],
      ['empty', []],
      ['of wrong things', [7]],
    ];
  return [['a number', 7], ['null', null], ['empty', ''], ['an object', {}], long];
};

/** Every operation of the API, from its own document. */
export const describedRequests = (document: ApiDocument): readonly Described[] => {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined
      ? schema
      : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? { type: 'unknown' });
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const schema = requestBody?.content['application/json'].schema;
      const bodySchema = schema === undefined ? null : resolve(schema);
      const value = (one: Parameter): string =>
        encodeURIComponent(one.name === 'id' ? 'campaign-1' : String(fitting(one.schema, resolve)));
      const needed = parameters.filter(({ in: place, required }) => place === 'query' && required === true);
      const query = needed.map((one) => `${one.name}=${value(one)}`).join('&');
      const bare = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const one = parameters.find((parameter) => parameter.name === name);
        return one === undefined ? 'campaign-1' : value(one);
      });
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        bodySchema: bodySchema && {
          ...bodySchema,
          properties: Object.fromEntries(
            Object.entries(bodySchema.properties ?? {}).map(([name, one]) => [name, resolve(one)]),
          ),
        },
        url: query === '' ? bare : `${bare}?${query}`,
        headers: Object.fromEntries(
          parameters.filter(({ in: place }) => place === 'header').map(({ name }) => [name, 'a-key-of-mine-1']),
        ),
        body: bodySchema === null ? undefined : (fitting(bodySchema, resolve) as Readonly<Record<string, unknown>>),
      };
    }),
  );
};

const withQuery = (url: string, name: string, value: string): string => {
  const [path = '', query = ''] = url.split('?');
  const search = new URLSearchParams(query);
  search.set(name, value);
  return `${path}?${search.toString()}`;
};

/** Everything that can be wrong with an operation's request, one thing at a time. */
export const badRequestsOf = ({
  path,
  url,
  headers,
  body,
  bodySchema,
  parameters,
}: Described): readonly BadRequest[] => {
  const bad: BadRequest[] = [];
  const add = (what: string, field: string, over: Partial<BadRequest>): void =>
    void bad.push({ what, field, url, headers, body, ...over });
  for (const one of parameters) {
    if (one.in === 'path')
      add('a bad path', one.name, { url: path.replace(`{${one.name}}`, 'a%20b').replaceAll(/\{\w+\}/g, 'canary') });
    if (one.in === 'query') {
      add('nonsense', one.name, { url: withQuery(url, one.name, '?! ?!') });
      add('too long', one.name, { url: withQuery(url, one.name, 'x'.repeat(3_000)) });
      if (one.required === true)
        add('missing', one.name, { url: url.replace(new RegExp(`([?&])${one.name}=[^&]*&?`), '$1') });
    }
    if (one.in === 'header') add('missing', one.name, { headers: {} });
  }
  if (bodySchema === null) {
    if (!url.includes('{')) add('unknown', 'surprise', { url: withQuery(url, 'surprise', '1') });
    return parameters.some(({ in: place }) => place === 'query')
      ? bad
      : bad.filter(({ field }) => field !== 'surprise');
  }
  for (const [name, schema] of Object.entries(bodySchema.properties ?? {})) {
    for (const [what, value] of wrongFor(schema)) add(what, name, { body: { ...body, [name]: value } });
    if (bodySchema.required?.includes(name) === true)
      add('missing', name, { body: Object.fromEntries(Object.entries(body ?? {}).filter(([key]) => key !== name)) });
  }
  add('unknown', 'surprise', { body: { ...body, surprise: true } });
  add('no object', 'body', { body: [] });
  return bad;
};
