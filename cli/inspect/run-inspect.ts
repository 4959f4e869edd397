export interface InspectArguments { readonly template: string; readonly parameter?: string; readonly json?: boolean }
export const runInspect = (_: InspectArguments): number => 0;
