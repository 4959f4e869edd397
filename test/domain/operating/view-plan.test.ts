import { describe, expect, it } from '@jest/globals';
import { viewPlan } from '../../../domain/operating/view-plan.ts';
import { createCampaign } from '../../../domain/store/campaigns.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { aWorld } from '../fakes/world.ts';

const planned = {
  stackId: 'arn:aws:cloudformation:eu-west-1:444455556666:stack/app-1/1',
  stackName: 'app-1',
  account: '444455556666',
  region: 'eu-west-1',
  environment: 'production',
  mode: 'parameter',
  parameter: 'ImageId',
  image: 'ami-0123456789abcdef0',
  readBy: 'stack',
};

describe('viewPlan', () => {
  it('shows the plan also where nobody can say how instances are replaced', async () => {
    const world = aWorld();
    await createCampaign(world, aCampaign(), { who: 'test', what: 'opened', why: '' });
    await world.planStore.put('campaigns/campaign-1/plan.json', { rings: { canary: [planned] } });
    const functions = {
      ...world.functions,
      call: () => Promise.reject(new Error('inspect gave no answer in 24 seconds')),
    };
    const view = await viewPlan({ ...world, functions })('campaign-1');
    expect(view?.rings[0]?.stacks).toMatchObject([{ stackName: 'app-1', replacement: null }]);
  });
});
