import type { LambdaService } from '../lambda-service.ts';

/** Lambda's Invoke as a handler calls it: an event is queued, a request is answered, its failure too. */
export const invokeApi = async (lambda: LambdaService, functionName: string, type: string, payload: string) => {
  if (type === 'Event') {
    lambda.queue(functionName, JSON.parse(payload));
    return { payload: '' };
  }
  try {
    return { payload: JSON.stringify(await lambda.invoke(functionName, JSON.parse(payload))) };
  } catch (error) {
    const { name, message } = error as Error;
    return { payload: JSON.stringify({ errorType: name, errorMessage: message }), functionError: 'Unhandled' };
  }
};
