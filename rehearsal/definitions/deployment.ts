import { intrinsicsResolver, type Place, type Template } from './resolve-intrinsics.ts';

/** A target of a rule: a function, and which part of the event it gets. */
export interface RuleTarget {
  readonly functionName: string;
  readonly inputPath: string | null;
}

export interface Rule {
  readonly name: string;
  /** The default bus hears the hub's own account; the product's bus hears what member accounts forward. */
  readonly bus: 'default' | 'members';
  /** Null for a schedule. */
  readonly pattern: unknown;
  /** Null for an event rule. */
  readonly everyMinutes: number | null;
  readonly targets: readonly RuleTarget[];
}

export interface DeployedFunction {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** What the synthesized hub stack would be once it is deployed: machines, functions and rules, all references resolved. */
export interface Deployment {
  readonly machines: readonly { readonly name: string; readonly definition: unknown }[];
  readonly functions: readonly DeployedFunction[];
  readonly rules: readonly Rule[];
}

const functionNameOf = (arn: unknown): string | null => /:function:([^:]+)/.exec(String(arn))?.[1] ?? null;

/** Minutes of `rate(5 minutes)`, `rate(1 hour)`; null for anything else. */
const minutesOf = (schedule: unknown): number | null => {
  const [, amount, unit] =
    /^rate\((\d+) (minute|hour|day)s?\)$/.exec(typeof schedule === 'string' ? schedule : '') ?? [];
  const minutes = { minute: 1, hour: 60, day: 1440 }[unit as 'minute' | 'hour' | 'day'];
  return amount === undefined ? null : Number(amount) * minutes;
};

/** Reads the deployment out of the template. */
export const deploymentOf = (template: Template, place: Place): Deployment => {
  const resolve = intrinsicsResolver(template, place);
  const ofType = (type: string) =>
    Object.values(template.Resources)
      .filter((resource) => resource.Type === type)
      .map((resource) => resolve(resource.Properties ?? {}) as Record<string, unknown>);
  return {
    machines: ofType('AWS::StepFunctions::StateMachine').map((machine) => ({
      name: String(machine['StateMachineName']),
      definition: JSON.parse(String(machine['DefinitionString'])) as unknown,
    })),
    functions: ofType('AWS::Lambda::Function').map((fn) => ({
      name: String(fn['FunctionName']),
      timeoutSeconds: Number(fn['Timeout'] ?? 3),
      memoryMb: Number(fn['MemorySize'] ?? 128),
    })),
    rules: ofType('AWS::Events::Rule').map((rule, index) => ({
      name: typeof rule['Name'] === 'string' ? rule['Name'] : `rule-${index}`,
      bus: rule['EventBusName'] === undefined ? 'default' : 'members',
      pattern: rule['EventPattern'] ?? null,
      everyMinutes: minutesOf(rule['ScheduleExpression']),
      targets: ((rule['Targets'] ?? []) as Record<string, unknown>[]).flatMap((target) => {
        const functionName = functionNameOf(target['Arn']);
        const inputPath = typeof target['InputPath'] === 'string' ? target['InputPath'] : null;
        return functionName === null ? [] : [{ functionName, inputPath }];
      }),
    })),
  };
};
