import type { RollbackCampaign } from '../../domain/restore/rollback-answer.ts';
import { plural } from '../terminal/plural.ts';
import type { Colors } from '../terminal/terminal.ts';

const meaning: Readonly<Record<RollbackCampaign['case'], string>> = {
  reopen: 'has ended; its stacks go back',
  stop: 'is running; it is stopped and its stacks go back',
  running: 'is being restored already',
  ending: 'is ending at this moment; ask again in a minute',
  nothing: 'has left nothing to restore',
};

/** What a rollback would do with a campaign, for the person who confirms it. */
export const previewLines = (state: RollbackCampaign, colors: Colors): string[] => {
  const { campaignId, family, image, startedAt, outcome, touched, left } = state;
  return [
    `${colors.bold(campaignId)}  family ${family}, image ${image}, started ${startedAt}, ${outcome ?? 'no outcome yet'}`,
    `  ${meaning[state.case]}; ${plural(touched, 'stack')} touched, ${left.length >= 100 ? 'at least 100' : left.length} of them not back`,
  ];
};

/** How a campaign stands now. */
export const stateLines = (state: RollbackCampaign, colors: Colors): string[] => {
  const { campaignId, outcome, counts, left, reason } = state;
  const counted = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const paint = outcome === 'RESTORED' ? colors.green : outcome === 'RESTORE_INCOMPLETE' ? colors.red : colors.yellow;
  const open = outcome === 'RESTORE_INCOMPLETE' ? left : [];
  return [
    `${colors.bold(campaignId)}  ${paint(outcome ?? 'restoring')}  ${counted.join(', ')}`,
    ...(outcome === null || reason === '' ? [] : [`  Because: ${reason}`]),
    ...open.map(
      ({ stackName, account, region, status, reason: why }) =>
        `  ${stackName}  ${account}/${region}  ${status}: ${why}`,
    ),
  ];
};
