/** The variables of a deployed handler, without which it does not load. */
export const variables = {
  AWS_REGION: 'eu-west-1',
  HUB_ACCOUNT: '111122223333',
  TABLE: 'dynamodb:table',
  PLAN_BUCKET: 'plans',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:topic',
  ROLLOUT_CONFIGURATION: '/var/task/rollout.json',
} as const;
