const keys = [
  'StackName',
  'AutoScalingGroupName',
  'Name',
  'ImageId',
  'RoleArn',
  'Key',
  'FunctionName',
  'executionArn',
  'name',
  'TopicArn',
] as const;

/** What a request is about, for the log: the first telling member of its input. */
export const subjectOf = (input: unknown): string | undefined => {
  const members = input as Readonly<Record<string, unknown>>;
  for (const key of keys) {
    const value = members[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
};
