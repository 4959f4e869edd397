import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { handlerNames } from '../../infra/handlers.ts';

interface Bundle {
  readonly handler: string;
  readonly rings: number;
  readonly files: readonly string[];
  readonly kilobytes: number;
  readonly withEc2: boolean;
}

describe('the bundles', () => {
  let bundles: Readonly<Record<string, Bundle>>;

  beforeAll(() => {
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
    bundles = JSON.parse(output) as Record<string, Bundle>;
  }, 180_000);

  it('load in plain Node with the variables of the deployment, each with the configuration beside it', () => {
    expect(bundles).toEqual(
      Object.fromEntries(
        handlerNames.map((name) => [
          name,
          expect.objectContaining({
            handler: 'function',
            rings: 2,
            // The console's pages draw the machines.
            files: ['index.mjs', ...(name === 'console' ? ['machines.json'] : []), 'rollout.json'],
          }),
        ]),
      ),
    );
  });

  it('are small: 500 KB without the EC2 client, half of them 450 KB, and 1,000 KB with it', () => {
    const sizes = (withEc2: boolean) =>
      Object.entries(bundles)
        .filter(([, bundle]) => bundle.withEc2 === withEc2)
        .map(([name, { kilobytes }]) => ({ name, kilobytes }))
        .sort((a, b) => a.kilobytes - b.kilobytes);
    const without = sizes(false);
    expect(without.filter(({ kilobytes }) => kilobytes > 500)).toEqual([]);
    expect(without[Math.floor(without.length / 2)]?.kilobytes).toBeLessThanOrEqual(450);
    expect(sizes(true).filter(({ kilobytes }) => kilobytes > 1_000)).toEqual([]);
  });
});
