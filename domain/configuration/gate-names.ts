/** The name of a built-in gate, as configuration, verdicts and reports spell it. */
export const gateNames = ['Tag Check', 'Inspector Scan', 'Age Limit', 'Custom Gates'] as const;

/** A built-in gate. */
export type GateName = (typeof gateNames)[number];

/** Everything that gives a verdict, as the verdict names it. */
export const measuredGates = ['Resolve Images', ...gateNames, 'Recheck Gates'] as const;

/** Gates that a category may skip. Tag Check is none of them: it proves whose image it is, and so whose word the category is. */
export const skippableGates = ['Inspector Scan', 'Age Limit', 'Custom Gates'] as const satisfies readonly GateName[];

/** A gate that a category may skip. */
export type SkippableGate = (typeof skippableGates)[number];
