import type { Approval } from '../records/approval.ts';
import type { Campaign } from '../records/campaign.ts';
import { nextText } from '../ring/evidence-text.ts';
import { tellOnce, type TellingPorts } from './tell.ts';

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** Tells that a ring is approved: those who were asked need not look any more, and those who were not learn why. */
export const tellApproved = (ports: TellingPorts, campaign: Campaign, approval: Approval): Promise<void> => {
  const { ring, decisions, auto, evidence } = approval;
  const isByItself = auto?.approved === true;
  const people = decisions.filter(({ decision }) => decision === 'approve');
  const by = isByItself ? 'itself' : listed(people.map(({ person }) => person));
  return tellOnce(ports, { fact: 'approved', campaign, ring }, () =>
    Promise.resolve({
      subject: `Approved: ring ${ring} of ${campaign.family}, by ${by}`,
      opening: [
        isByItself
          ? `Ring ${ring} has approved itself: everything stayed green. The campaign goes on.`
          : `Ring ${ring} is approved by ${by}. The campaign goes on.`,
        ...(evidence === undefined ? [] : [`Next: ${nextText(evidence.next)}.`]),
        'Nothing to do. To stop it:',
        '',
        `  ami-rollout halt ${campaign.campaignId} --reason "…"`,
      ],
      ...(isByItself ? {} : { reason: people.map(({ person, reason }) => `${person}: ${reason}`).join('; ') }),
      details: isByItself
        ? ['', 'Conditions:', ...auto.conditions.map(({ name, found }) => `  ${name}: ${found}`)]
        : [],
    }),
  );
};
