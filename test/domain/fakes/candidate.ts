import type { Candidate } from '../../../domain/planning/inventory.ts';
import { here, newImage, stackIdOf } from './names.ts';

/** A stack that discovery has found fit; its id follows from its name and target. */
export const aCandidate = (over: Partial<Candidate> = {}): Candidate => {
  const { stackName = 'app-0001', account = here.account, region = here.region } = over;
  return {
    stackId: stackIdOf(stackName, { account, region }),
    stackName,
    account,
    region,
    environment: 'production',
    mode: 'parameter',
    parameter: 'ImageId',
    ssmParameter: null,
    readBy: over.mode === 'ssm' ? 'stack' : null,
    image: newImage,
    wantedRing: null,
    alarms: [],
    looksCurrent: false,
    ...over,
  };
};
