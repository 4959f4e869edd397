import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );

/** Of a union, the branch that the author meant: the one whose complaint is not about the whole value's type. */
const flatten = (issues: readonly Issue[], whole: string, parent: readonly PropertyKey[] = []): string[] =>
  issues.flatMap((issue) => {
    const path = [...parent, ...issue.path];
    if (issue.code === 'invalid_union') {
      const meant = issue.errors.find(
        ([first]) => first !== undefined && !(first.code === 'invalid_type' && first.path.length === 0),
      );
      if (meant !== undefined) return flatten(meant, whole, path);
      const types = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? first.expected : []));
      return `${pathOf(path)}: expected ${types.join(' or ')}`;
    }
    // A record says of a wrong key only that it is wrong; why is one level down.
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return `${pathOf(path) || `(${whole})`}: ${message}`;
  });

/** One indented line for each complaint, with its path; `whole` is what has none. */
export const describeIssues = (error: z.ZodError, whole: string): string =>
  flatten(error.issues, whole)
    .map((line) => `  ${line}`)
    .join('\n');
