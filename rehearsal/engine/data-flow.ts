import type { AslState } from './asl.ts';
import { Evaluator, type StateContext } from './evaluator.ts';
import { pathFields } from './interpreter-paths.ts';

type Fields = Pick<AslState, 'InputPath' | 'Parameters' | 'ResultSelector' | 'ResultPath' | 'OutputPath'>;

/** What a state makes of its input before its work, and of its result after it. */
export class DataFlow {
  readonly #before: Evaluator | undefined;
  readonly #after: Evaluator | undefined;

  constructor(name: string, fields: Fields) {
    const before = pathFields(fields, ['InputPath', 'Parameters']);
    const after = pathFields(fields, ['ResultSelector', 'ResultPath', 'OutputPath']);
    this.#before = isEmpty(before) ? undefined : new Evaluator(name, { Type: 'Pass', ...before, End: true });
    this.#after = isEmpty(after)
      ? undefined
      : new Evaluator(name, { Type: 'Task', Resource: 'result', ...after, End: true });
  }

  /** The effective input: InputPath, then Parameters. */
  before(input: unknown, context: StateContext): Promise<unknown> {
    return this.#before?.evaluate(input, context) ?? Promise.resolve(input);
  }

  /** The output: ResultSelector, ResultPath (into the input as it came), OutputPath. */
  after(input: unknown, result: unknown, context: StateContext): Promise<unknown> {
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

const isEmpty = (object: object) => Object.keys(object).length === 0;
