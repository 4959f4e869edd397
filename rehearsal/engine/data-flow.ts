import type { AslState } from './asl.ts';
import { Evaluator, type StateContext } from './evaluator.ts';
import { pathFields, withOwnContext } from './interpreter-paths.ts';
import { plainPath, plainResultPath, plainTemplate, unknownValue, type PlainPath } from './plain-path.ts';

type Fields = Pick<AslState, 'InputPath' | 'Parameters' | 'ResultSelector' | 'ResultPath' | 'OutputPath'>;
type After = (input: unknown, result: unknown, context: StateContext) => unknown;

const isEmpty = (object: object) => Object.keys(object).length === 0;

/** A path field that may be left out; undefined where the interpreter has to read it. */
const optional = (path: unknown): PlainPath | undefined =>
  path === undefined ? (value) => value : typeof path === 'string' ? plainPath(path) : undefined;

const given = (template: unknown): PlainPath | undefined =>
  template === undefined ? (value) => value : plainTemplate(template);

/** InputPath and Parameters, where both are plain. */
const plainBefore = ({ InputPath, Parameters }: Partial<Record<keyof Fields, unknown>>): PlainPath | undefined => {
  const [path, template] = [optional(InputPath), given(Parameters)];
  if (path === undefined || template === undefined) return undefined;
  return (input, context) => {
    const value = path(input, context);
    return value === unknownValue ? value : template(value, context);
  };
};

/** ResultSelector, ResultPath and OutputPath, where all are plain. */
const plainAfter = (fields: Partial<Record<keyof Fields, unknown>>): After | undefined => {
  const selector = given(fields.ResultSelector);
  const put = plainResultPath(fields.ResultPath);
  const path = optional(fields.OutputPath);
  if (selector === undefined || put === undefined || path === undefined) return undefined;
  return (input, result, context) => {
    const selected = selector(result, context);
    if (selected === unknownValue) return unknownValue;
    const value = put(input, selected);
    return value === unknownValue ? value : path(value, context);
  };
};

/** What a state makes of its input before its work, and of its result after it. */
export class DataFlow {
  readonly #before: Evaluator | undefined;
  readonly #after: Evaluator | undefined;
  readonly #plainBefore: PlainPath | undefined;
  readonly #plainAfter: After | undefined;

  constructor(name: string, fields: Fields) {
    const before = pathFields(fields, ['InputPath', 'Parameters']);
    const after = pathFields(fields, ['ResultSelector', 'ResultPath', 'OutputPath']);
    this.#before = isEmpty(before) ? undefined : new Evaluator(name, { Type: 'Pass', ...before, End: true });
    this.#after = isEmpty(after)
      ? undefined
      : new Evaluator(name, { Type: 'Task', Resource: 'result', ...after, End: true });
    this.#plainBefore = plainBefore(withOwnContext(before));
    this.#plainAfter = plainAfter(withOwnContext(after));
  }

  /** The effective input: InputPath, then Parameters. */
  before(input: unknown, context: StateContext): Promise<unknown> {
    const plain = this.#plainBefore?.(input, context) ?? unknownValue;
    if (plain !== unknownValue) return Promise.resolve(plain);
    return this.#before?.evaluate(input, context) ?? Promise.resolve(input);
  }

  /** The output: ResultSelector, ResultPath (into the input as it came), OutputPath. */
  after(input: unknown, result: unknown, context: StateContext): Promise<unknown> {
    const plain = this.#plainAfter?.(input, result, context) ?? unknownValue;
    if (plain !== unknownValue) return Promise.resolve(plain);
    return this.#after?.evaluate(input, context, result) ?? Promise.resolve(result);
  }
}

/** Resolves one payload template or path, e.g. an ItemSelector. */
export class Template {
  readonly #flow: DataFlow;

  constructor(name: string, template: unknown) {
    this.#flow = new DataFlow(name, { Parameters: template });
  }

  static ofPath(name: string, path: string): Template {
    return new Template(name, { 'value.$': path });
  }

  async resolve(input: unknown, context: StateContext): Promise<unknown> {
    return this.#flow.before(input, context);
  }
}
