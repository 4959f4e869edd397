export interface GraphArguments { readonly machine: 'campaign'|'restore'; readonly config?: string }
export const runGraph = async (_: GraphArguments): Promise<number> => 0;
