/** Inspector's severities that a policy can name, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** One of them. */
export type Severity = (typeof severities)[number];

/** The worst severity accepted; `none` accepts no finding that has a severity. */
export type SeverityLimit = Severity | 'none';
