import { defineRollout } from 'ami-rollout/config';

export default defineRollout({
  hub: { account: '111122223333', region: 'eu-west-1' },
  families: { web: { owners: ['self'] } },
  targets: { accounts: ['111122223333', '444455556666'], regions: ['eu-west-1'] },
  people: [
    { id: 'ana', iam: ['arn:aws:iam::111122223333:user/ana'] },
    { id: 'ben', iam: ['arn:aws:iam::111122223333:user/ben'] },
  ],
});
