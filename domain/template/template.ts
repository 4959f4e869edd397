/**
 * A CloudFormation template as far as the rollout needs it: what can be set, what it makes and how that is updated.
 * Loops (`Fn::ForEach`) are already written out. Maps, not objects: logical ids come from outside.
 */
export interface Template {
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Names of the macros the template runs through, whole or in part, such as `AWS::Serverless-2016-10-31`. */
  readonly macros: readonly string[];
}

/** One entry of the template's `Parameters`. */
export interface TemplateParameter {
  readonly type: string;
  readonly default: string | null;
  /** The values CloudFormation accepts; `null` when it accepts any. */
  readonly allowedValues: readonly string[] | null;
  /** The regular expression that a value must match. */
  readonly allowedPattern: string | null;
  /** CloudFormation never shows the value again, not even to us. */
  readonly noEcho: boolean;
}

/** One entry of the template's `Resources`; properties and policy are as written, intrinsic functions and all. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: unknown;
  readonly updatePolicy: unknown;
}
