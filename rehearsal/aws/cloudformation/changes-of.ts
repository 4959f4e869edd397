import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { parseTemplate } from '../../../domain/template/parse.ts';
import type { StackSettings } from '../state/sim-stack.ts';

/** The names that a value refers to: parameters and resources, with their attributes. */
const referencesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [Array.isArray(inner) ? inner.join('.') : String(inner)];
    if (key === 'Fn::Sub') {
      const [text, variables] = Array.isArray(inner) ? (inner as unknown[]) : [inner];
      return [
        ...[...String(text).matchAll(/\$\{([\w.]+)\}/g)].map((match) => match[1] ?? ''),
        ...referencesIn(variables),
      ];
    }
    return referencesIn(inner);
  });
};

const changedParameters = (before: StackSettings, after: StackSettings): ReadonlySet<string> =>
  new Set(
    Object.keys(after.parameters).filter(
      (key) => before.parameters[key] !== after.parameters[key] || before.resolved[key] !== after.resolved[key],
    ),
  );

/** A database whose version another parameter of the stack reads from SSM. */
const somethingElse: ResourceChange = {
  Action: 'Modify',
  LogicalResourceId: 'Database',
  ResourceType: 'AWS::RDS::DBInstance',
  Replacement: 'True',
  Scope: ['Properties'],
  Details: [
    {
      Target: { Attribute: 'Properties', Name: 'EngineVersion', RequiresRecreation: 'Always' },
      Evaluation: 'Static',
      ChangeSource: 'ParameterReference',
      CausingEntity: 'DatabaseVersion',
    },
  ],
};

/**
 * The resources that an update changes: those that refer to a changed parameter, and those that refer to them. As in
 * CloudFormation, what is computed is listed once more as a direct modification that only the update decides.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-samples.html
 */
export const changesOf = (before: StackSettings, after: StackSettings, more: boolean): readonly ResourceChange[] => {
  const parameters = changedParameters(before, after);
  const resources = [...parseTemplate(after.template.body).resources];
  const changed = new Map<string, ResourceChange>();
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const [logicalId, { type, properties }] of resources) {
      if (changed.has(logicalId)) continue;
      const Details = Object.entries((properties ?? {}) as Record<string, unknown>).flatMap(([Name, value]) =>
        referencesIn(value).flatMap((entity): ResourceChangeDetail[] => {
          const isParameter = parameters.has(entity);
          const [resource = ''] = entity.split('.');
          if (!isParameter && !changed.has(resource)) return [];
          // A version of a launch template has a number of its own; its id stays.
          if (!isParameter && !entity.includes('.')) return [];
          const Target = { Attribute: 'Properties', Name, RequiresRecreation: 'Never' } as const;
          const ChangeSource = isParameter ? 'ParameterReference' : 'ResourceAttribute';
          return [
            { Target, Evaluation: isParameter ? 'Static' : 'Dynamic', ChangeSource, CausingEntity: entity },
            { Target, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
          ];
        }),
      );
      if (Details.length === 0) continue;
      changed.set(logicalId, {
        Action: 'Modify',
        LogicalResourceId: logicalId,
        ResourceType: type,
        Replacement: 'False',
        Scope: ['Properties'],
        Details,
      });
    }
  }
  return [...changed.values(), ...(more ? [somethingElse] : [])];
};
