export interface DecisionArguments { readonly campaign: string; readonly decision: 'approve'|'reject' }
export const runDecision = async (_: DecisionArguments): Promise<number> => 0;
