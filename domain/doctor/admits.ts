interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const texts = (value: unknown): readonly string[] => [value].flat().filter((one) => typeof one === 'string');

const isFor = ({ Principal, Condition }: Statement, account: string, organization: string | null): boolean => {
  const named = texts(Principal).concat(texts((Principal as { readonly AWS?: unknown } | undefined)?.AWS));
  if (named.some((one) => one === account || one.includes(`::${account}:`))) return true;
  return named.includes('*') && organization !== null && JSON.stringify(Condition ?? {}).includes(`"${organization}"`);
};

/** Whether a bus's policy lets the account, or its whole organisation, send events. */
export const admits = (policy: string, account: string, organization: string | null): boolean => {
  try {
    const { Statement: statements = [] } = JSON.parse(policy === '' ? '{}' : policy) as {
      readonly Statement?: readonly Statement[];
    };
    return [statements]
      .flat()
      .some(
        (one) =>
          one.Effect === 'Allow' &&
          texts(one.Action).some((action) => ['events:PutEvents', 'events:*', '*'].includes(action)) &&
          isFor(one, account, organization),
      );
  } catch {
    return false;
  }
};
