import type { AslChoiceRule } from './asl.ts';

const NUMERIC_ORDER = /^Numeric(LessThan|GreaterThan)/;
const STRING_ORDER = /^String(LessThan|GreaterThan|Matches)/;
const TYPE_TESTS = ['IsPresent', 'IsNull', 'IsString', 'IsNumeric', 'IsBoolean', 'IsTimestamp'] as const;

/**
 * A condition in the words that the interpreter gets right. It reads `IsPresent: false` (and its like) as never true,
 * and compares like JavaScript, where the text "3" is less than the number 5; in Step Functions a comparison
 * of other types is false.
 */
export function choiceRule(rule: AslChoiceRule): AslChoiceRule {
  const { Next, ...condition } = rule;
  const rewritten = rewrite(condition);
  return Next === undefined ? rewritten : { ...rewritten, Next };
}

function rewrite(rule: AslChoiceRule): AslChoiceRule {
  if (rule.And) return { And: rule.And.map(rewrite) };
  if (rule.Or) return { Or: rule.Or.map(rewrite) };
  if (rule.Not) return { Not: rewrite(rule.Not) };
  const { Variable } = rule;
  if (Variable === undefined) return rule;
  const negated = TYPE_TESTS.find((test) => rule[test] === false);
  if (negated) return { Not: { Variable, [negated]: true } };
  const comparison = Object.keys(rule).find((key) => NUMERIC_ORDER.test(key) || STRING_ORDER.test(key));
  if (comparison === undefined) return rule;
  const test = NUMERIC_ORDER.test(comparison) ? 'IsNumeric' : 'IsString';
  const pattern = rule[comparison];
  // The interpreter's matcher knows `?` as a wildcard, Step Functions only `*`.
  const compared =
    comparison === 'StringMatches' && typeof pattern === 'string'
      ? { Variable, StringMatches: pattern.replaceAll('?', String.raw`\?`) }
      : rule;
  return { And: [{ Variable, [test]: true }, compared] };
}
