import { revokeImage } from '../gating/image-tags/revoke-image.ts';
import type { Ports } from '../ports/index.ts';
import { stopCampaign } from '../halt/abort.ts';
import type { Campaign } from '../records/campaign.ts';
import { getCampaign } from '../store/campaigns.ts';
import { reopen } from './reopen.ts';
import type { RollbackAnswer, RollbackCampaign } from './rollback-answer.ts';
import { rollbackCase, type RollbackCase } from './rollback-case.ts';
import { rollbackState } from './rollback-state.ts';
import { selectCampaigns, type RollbackSelection } from './select-campaigns.ts';
import { startAttempt, startRestore } from './start-restore.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'functions' | 'surroundings'>;

/** Who asks for a rollback, of what, and why. */
export interface RollbackRequest {
  readonly selection: RollbackSelection;
  /** The person, as the caller has authenticated and mapped them; goes into the audit trail. */
  readonly person: string;
  /** What the person was authenticated as: an IAM ARN, an OIDC subject. */
  readonly identity: string;
  readonly reason: string;
}

const words: Readonly<Record<RollbackCase, string>> = {
  reopen: 'being restored',
  stop: 'stopped and being restored',
  running: 'being restored already',
  ending: 'ending at this moment: ask again in a minute',
  nothing: 'nothing to restore',
};

const described = (selection: RollbackSelection): string =>
  'campaignId' in selection ? `campaign ${selection.campaignId}` : `campaign that brought image ${selection.imageId}`;

/** Begins, or goes on with, what brings one campaign back; doing it twice does it once. */
const begin = async (ports: Needs, campaign: Campaign, request: RollbackRequest): Promise<void> => {
  const { campaignId, executionArn } = campaign;
  const { person, identity, reason } = request;
  switch (rollbackCase(campaign)) {
    case 'reopen': {
      const { outcome, restore } = await reopen(ports, campaign, request);
      if (outcome === null && restore) await startAttempt(ports, campaignId, restore);
      return;
    }
    case 'stop':
      await stopCampaign(ports, campaign, {
        who: person,
        what: 'rollback of a running campaign',
        why: `rolled back by ${person}: ${reason}`,
        evidence: { identity, executionArn },
      });
      // Whether its end is told or not: the restore's fence stops every write that is still on its way.
      await startRestore(ports, await getCampaign(ports, campaignId), reason);
      return;
    case 'running':
      await startRestore(ports, campaign, `rolled back by ${person}: ${reason}`);
      return;
    case 'ending':
    case 'nothing':
      return;
  }
};

/** What a rollback would do, without doing it: what a person confirms. */
export const previewRollback =
  (ports: Pick<Needs, 'table'>) =>
  async (selection: RollbackSelection): Promise<RollbackAnswer> => {
    const campaigns = await selectCampaigns(ports, selection);
    const states = await Promise.all(campaigns.map((campaign) => rollbackState(ports, campaign)));
    return states.length === 0
      ? { accepted: false, message: `there is no ${described(selection)}`, campaigns: [] }
      : { accepted: true, message: 'nothing was changed', campaigns: states };
  };

/**
 * Puts back what campaigns have left on their image, after they have ended or while they run: everything touched, from
 * the recorded history, by the restore machine. Each campaign is restored by itself and compare-and-set decides for each
 * stack, so what a later campaign has moved on is reported and left alone. The newest campaign goes first.
 * The build is revoked before: later campaigns refuse it until somebody starts one that allows it.
 */
export const rollback =
  (ports: Needs) =>
  async (request: RollbackRequest): Promise<RollbackAnswer> => {
    const refused = (message: string): RollbackAnswer => ({ accepted: false, message, campaigns: [] });
    if (request.reason.trim() === '') return refused('reason: say why, it is kept in the audit trail');
    const campaigns = await selectCampaigns(ports, request.selection);
    if (campaigns.length === 0) return refused(`there is no ${described(request.selection)}`);
    const said: string[] = [];
    const states: RollbackCampaign[] = [];
    for (const campaign of campaigns) {
      // Whoever names the image means the image, also where nothing of it is left on any stack. A drill that did not come back
      // says nothing about its image.
      if ('imageId' in request.selection || (!campaign.drill && rollbackCase(campaign) !== 'nothing'))
        await revokeImage(ports, campaign, request);
      await begin(ports, campaign, request);
      said.push(`${campaign.campaignId} is ${words[rollbackCase(campaign)]}`);
      states.push(await rollbackState(ports, await getCampaign(ports, campaign.campaignId)));
    }
    const accepted = campaigns.every((campaign) => rollbackCase(campaign) !== 'ending');
    return { accepted, message: said.join('; '), campaigns: states };
  };
