import { parse } from 'yaml';

/** One parameter a template declares. */
export interface TemplateParameter {
  readonly type: string;
  readonly fallback: string | undefined;
}

/** A template's text and what the simulation reads from it. */
export interface StackTemplate {
  readonly body: string;
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  /** The logical id of its Auto Scaling group. */
  readonly groupLogicalId: string;
}

const GROUP_TYPE = 'AWS::AutoScaling::AutoScalingGroup';

/** Whether CloudFormation reads the parameter's value from SSM. */
export const isSsmType = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

/** Reads a template once; the intrinsic tags (`!Ref`, `!Sub` …) are left alone. */
export const readTemplate = (body: string): StackTemplate => {
  const document = parse(body, { logLevel: 'silent' }) as {
    Parameters?: Record<string, { Type: string; Default?: string | number }>;
    Resources?: Record<string, { Type: string }>;
  };
  const parameters = Object.entries(document.Parameters ?? {}).map(
    ([key, { Type, Default }]) =>
      [key, { type: Type, fallback: Default === undefined ? undefined : String(Default) }] as const,
  );
  const group = Object.entries(document.Resources ?? {}).find(([, { Type }]) => Type === GROUP_TYPE);
  return { body, parameters: new Map(parameters), groupLogicalId: group?.[0] ?? 'Group' };
};
