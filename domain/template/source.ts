/** Where (one branch of) a value comes from. */
export type Source =
  /** `whole`: the value is the parameter's and nothing else, so setting the parameter sets the value. */
  | { readonly kind: 'parameter'; readonly name: string; readonly whole: boolean }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'mapping'; readonly name: string }
  | { readonly kind: 'resource'; readonly logicalId: string; readonly attribute: string | null }
  /** Another stack's value: `Fn::ImportValue`, `Fn::GetStackOutput`. */
  | { readonly kind: 'otherStack' }
  /** `{{resolve:…}}`: CloudFormation reads it while it updates. */
  | { readonly kind: 'dynamicReference'; readonly service: string }
  /**
   * `resolve:ssm:…`: EC2 reads it at each launch. `reference` is the whole text, with `*` for each piece that a function
   * fills in; `parameter` the stack parameter that is all of the name, if one is.
   */
  | { readonly kind: 'launchTimeReference'; readonly reference: string; readonly parameter: string | null }
  | { readonly kind: 'untraceable'; readonly what: string };

/** How a launch template says that EC2 is to read an SSM parameter at each launch. */
export const launchReferencePrefix = 'resolve:ssm:';

/** The reading of a piece of text that no function builds. */
export const sourceOfText = (text: string): Source => {
  const reference = /\{\{\s*resolve:([a-z-]+)/.exec(text);
  if (reference) return { kind: 'dynamicReference', service: reference[1] ?? '' };
  if (text.startsWith(launchReferencePrefix)) return { kind: 'launchTimeReference', reference: text, parameter: null };
  return { kind: 'literal', value: text };
};

/** The same source when it is only a part of the value, or one item of it. */
export const partOf = (source: Source): Source => (source.kind === 'parameter' ? { ...source, whole: false } : source);
