import type { AslRule } from './asl.ts';

const operators: readonly (readonly [RegExp, string])[] = [
  [/GreaterThanEquals(Path)?$/, '≥'],
  [/LessThanEquals(Path)?$/, '≤'],
  [/GreaterThan(Path)?$/, '>'],
  [/LessThan(Path)?$/, '<'],
  [/Matches$/, 'matches'],
  [/Equals(Path)?$/, '='],
];

const isRule = (value: unknown): value is AslRule => typeof value === 'object' && value !== null;

/** `$.tagCheck.verdict.passed` → `passed` */
const lastOf = (path: unknown): string => /([\w-]+)(?:'\])?$/.exec(String(path))?.[1] ?? String(path);

/** A rule in a word or two: `passed`, `decision = go`, `stacks > 0`. */
export const ruleLabel = (rule: AslRule): string => {
  const { And, Or, Not, Variable, Next: _, ...comparison } = rule;
  if (Array.isArray(And)) return And.filter(isRule).map(ruleLabel).join(' and ');
  if (Array.isArray(Or)) return Or.filter(isRule).map(ruleLabel).join(' or ');
  if (isRule(Not)) return `not ${ruleLabel(Not)}`;
  const name = lastOf(Variable);
  const [operator = '', value] = Object.entries(comparison).find(([key]) => key !== 'Comment') ?? [];
  if (operator === 'BooleanEquals') return value === true ? name : `not ${name}`;
  if (operator.startsWith('Is')) return `${name} is ${value === true ? '' : 'not '}${operator.slice(2).toLowerCase()}`;
  const sign = operators.find(([pattern]) => pattern.test(operator))?.[1] ?? operator;
  return `${name} ${sign} ${operator.endsWith('Path') ? lastOf(value) : String(value)}`;
};
