import { describe, expect, it } from '@jest/globals';
import { HUB_ACCOUNT } from '../../rehearsal/aws/accounts.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Run } from '../../rehearsal/run/run.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../rollout.config.ts';

const get = async ({ lambda }: Run, path: string): Promise<unknown> => {
  const { statusCode, body } = (await lambda.invoke('ami-rollout-console', {
    version: '2.0',
    routeKey: '$default',
    rawPath: `/machine${path}`,
    rawQueryString: '',
    headers: { host: 'console' },
    requestContext: {
      authorizer: { iam: { userArn: `arn:aws:iam::${HUB_ACCOUNT}:user/operator` } },
      domainName: 'console',
      http: { method: 'GET', path: `/machine${path}` },
    },
    isBase64Encoded: false,
  })) as { statusCode: number; body: string };
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${body}`);
  return JSON.parse(body) as unknown;
};

describe('GET /campaigns/{id}/plan', () => {
  it('says how updates replace the instances, as another function reads it in the templates', async () => {
    const stacks = (['rolling', 'instanceRefresh', 'none'] as const).map((replacement) => ({
      name: replacement,
      account: '100000000001',
      region: 'eu-west-1',
      replacement,
    }));
    const scenario = scenarioOf({ name: 'looked-at', fleet: { stacks } }, 'a test');
    let plan: Promise<unknown> | undefined;
    await rehearse(scenario, {
      configuration,
      onRun: (run) => {
        setTimeout(() => {
          plan = get(run, '/campaigns').then((page) => {
            const [campaign] = (page as { items: { campaignId: string }[] }).items;
            return get(run, `/campaigns/${campaign?.campaignId}/plan`);
          });
        }, 40 * 60_000);
      },
    });
    const { rings } = (await plan) as { rings: { stacks: { stackName: string; replacement: string | null }[] }[] };
    const shown = rings.flatMap((ring) => ring.stacks.map(({ stackName, replacement }) => [stackName, replacement]));
    expect(Object.fromEntries(shown)).toEqual({ rolling: 'rolling', instanceRefresh: 'instanceRefresh', none: 'none' });
  }, 60_000);
});
