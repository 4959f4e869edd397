import { stackStatuses } from '../../../domain/words.ts';
import type { Rule } from '../simulated.ts';

const terminal: readonly string[] = ['done', 'failed', 'skipped', 'restored', 'quarantined'];

/** Rule 11: every planned stack has exactly one status at every instant, and a final one with a reason at the end. */
export const countsBalance: Rule = {
  number: 11,
  says: 'Counts balance at every instant.',
  watch: ({ campaigns, recordsIn }, violated) => ({
    record: ({ campaignId, stackName, status }) => {
      if (!stackStatuses.includes(status)) violated(`${stackName} has status ${status}`);
      const { planned = 0, planHash = '' } = campaigns.get(campaignId) ?? {};
      const count = recordsIn(campaignId).length;
      if (planHash !== '' && count !== planned) violated(`${campaignId} has ${count} records, planned are ${planned}`);
    },
    campaign: ({ campaignId, outcome }, before) => {
      if (outcome === null || before?.outcome === outcome) return;
      const open = recordsIn(campaignId).filter(({ status }) => !terminal.includes(status));
      for (const { stackName, status } of open) violated(`${campaignId} ended ${outcome} with ${stackName} ${status}`);
    },
    end: () => {
      for (const campaignId of campaigns.keys())
        for (const { stackName, status, reason } of recordsIn(campaignId)) {
          if (!terminal.includes(status)) violated(`${stackName} is ${status} at the end of ${campaignId}`);
          if (status !== 'done' && reason === '') violated(`${stackName} is ${status} without a reason`);
        }
    },
  }),
};
