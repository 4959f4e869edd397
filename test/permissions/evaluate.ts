import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AuthorizationRequest } from './requests.ts';

/**
 * Actions that the evaluator's data do not describe as AWS behaves, by one that is authorized in the same way and that
 * no handler uses. The service reference says that task tokens know no resource, but AWS refuses them on the machine's
 * ARN (https://github.com/aws/aws-cdk/pull/8486); GetImageFindings is newer than the data.
 */
const standIns: Readonly<Record<string, string>> = {
  'states:SendTaskSuccess': 'states:DeleteStateMachine',
  'states:SendTaskFailure': 'states:UpdateStateMachine',
  'ec2:GetImageFindings': 'ec2:DescribeImportImageTasks',
  // A key: a list for PutRule, but one text for PutEvents, of which the data know nothing.
  'events:source': 'events:eventBusInvocation',
};

const withStandIns = <T>(value: T): T => {
  const text = Object.entries(standIns).reduce(
    (so, [action, standIn]) => so.replaceAll(`"${action}"`, `"${standIn}"`),
    JSON.stringify(value),
  );
  return JSON.parse(text) as T;
};

/** `Allowed`, or how it was denied, or what was wrong with the question. */
export const evaluate = async (request: AuthorizationRequest): Promise<string> => {
  const { principal, action, resource, account, context, policies, resourcePolicy } = withStandIns(request);
  const answer = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables: { ...context } },
      identityPolicies: policies.map(({ name, policy }) => ({ name, policy: policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: resourcePolicy as unknown }),
    },
    { simulationMode: 'Strict' },
  );
  return answer.resultType === 'error' ? `error: ${JSON.stringify(answer.errors)}` : answer.overallResult;
};
