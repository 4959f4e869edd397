import { JsonNull } from 'aws-cdk-lib';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import { isRef, pathOf, type Expr } from './references.ts';

/**
 * An expression as the CDK's payload templates take it: each reference becomes a `key.$`.
 *
 * Two quirks are settled here. The CDK drops a literal `null`, which a contract's `nullable` field needs, so it is
 * passed as a token. A payload template has no paths inside arrays, so an array with references becomes `States.Array`.
 */
const render = (expression: unknown): unknown => {
  if (isRef(expression)) return JsonPath.objectAt(pathOf(expression));
  if (expression === null) return JsonNull.INSTANCE;
  if (Array.isArray(expression)) return renderArray(expression);
  if (typeof expression === 'object') return renderFields(expression);
  return expression;
};

/** The fields of an object expression, rendered. */
export const renderFields = (expression: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(expression)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, render(value)]),
  );

/** A string expression where the CDK wants a string: a literal, or a token that it renders as a path. */
export const renderString = (expression: Expr<string>): string =>
  typeof expression === 'string' ? expression : JsonPath.stringAt(pathOf(expression));

const renderArray = (elements: readonly unknown[]): unknown => {
  if (!elements.some(isRef)) return elements.map(render);
  return JsonPath.array(
    ...elements.map((element) => {
      if (isRef(element)) return JsonPath.stringAt(pathOf(element));
      if (typeof element === 'string') return element;
      throw new Error('An array of references may hold references and strings only: States.Array takes nothing else.');
    }),
  );
};
