import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { isLaunchReference, launchReference } from '../template/launch-reference.ts';
import { currentImage, type CurrentImage } from './stack-state.ts';

/** The name that the value of a stack parameter gives, with or without `resolve:ssm:`. */
const nameIn = (value: string): string => {
  const read = isLaunchReference(value) ? launchReference(value) : { name: value };
  return 'name' in read ? read.name : value;
};

/** What the stack's image parameter, or its template, says of an SSM parameter that EC2 reads; null: nothing any more. */
const launchParameter = (stack: StackFacts, { parameter }: Pick<StackRecord, 'parameter'>): string | null =>
  isLaunchReference(parameter) ? parameter : (stack.parameters.find(({ name }) => name === parameter)?.value ?? null);

/**
 * What the stack is set to now. Of a stack whose launches read the SSM parameter, CloudFormation does not know: the
 * parameter itself is read. Null where the stack has no such parameter any more, or reads another SSM parameter.
 */
export const readCurrentImage = async (
  { parameters }: Pick<Ports, 'parameters'>,
  stack: StackFacts,
  record: Pick<StackRecord, 'account' | 'region' | 'parameter' | 'mode' | 'readBy' | 'ssmParameter'>,
): Promise<CurrentImage | null> => {
  if (record.readBy !== 'launch' || record.ssmParameter === null) return currentImage(stack, record);
  const parameterValue = launchParameter(stack, record);
  if (parameterValue === null || nameIn(parameterValue) !== record.ssmParameter) return null;
  const ssm = await parameters.find(record, record.ssmParameter);
  return { parameterValue, image: ssm?.value ?? '' };
};
