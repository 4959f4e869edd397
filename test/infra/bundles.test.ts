import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { handlerNames } from '../../infra/handlers.ts';

describe('the bundles', () => {
  it('load in plain Node with the variables of the deployment, each with the configuration beside it', () => {
    const script = fileURLToPath(new URL('bundle-and-load.ts', import.meta.url));
    const output = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      encoding: 'utf8',
      env: {
        AWS_REGION: 'eu-west-1',
        HUB_ACCOUNT: '111122223333',
        TABLE: 'dynamodb:table',
        PLAN_BUCKET: 'plans',
        TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:topic',
        ROLLOUT_CONFIGURATION: '/var/task/rollout.json',
      },
    });
    expect(JSON.parse(output)).toEqual(
      Object.fromEntries(
        handlerNames.map((name) => [name, { handler: 'function', rings: 2, files: ['index.mjs', 'rollout.json'] }]),
      ),
    );
  }, 180_000);
});
