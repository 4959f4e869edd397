import type { CampaignStatus, CampaignSummary } from '../api/answers.ts';
import { adoptionWords } from '../fleet/adoption-words.ts';
import { fittedTable } from '../terminal/fitted-table.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';
import { ringBar } from '../rehearse/ring-bar.ts';

const settled = ['done', 'failed', 'skipped', 'restored', 'quarantined'] as const;

/** The outcome, or what is under way, in its colour. */
const outcomeText = (
  { outcome, phase, drill }: Pick<CampaignSummary, 'outcome' | 'phase' | 'drill'>,
  colors: Colors,
): string => {
  if (outcome === null) return colors.cyan(phase);
  if (drill?.result?.succeeded === true) return colors.green(outcome);
  if (outcome.startsWith('RESTORE') || outcome === 'REJECTED') return colors.red(outcome);
  return colors.green(outcome);
};

/** What a drill drills, and how that went. */
const drillText = ({ drill }: Pick<CampaignSummary, 'drill'>): string => {
  if (drill === null) return '';
  const { stackName, provenAt, result } = drill;
  if (result === null) return ` (drill of ${stackName}, ${provenAt === null ? 'on its way' : 'proven, going back'})`;
  const took = result.minutesToRestore === null ? '' : `, back in ${result.minutesToRestore} min`;
  return ` (drill of ${stackName}: ${result.succeeded ? 'succeeded' : 'failed'}${took})`;
};

/** One line a ring: a bar of its stacks, and how far it is. */
export const ringLines = ({ rings }: CampaignStatus, { columns, colors }: Terminal): string[] =>
  rings.map(({ ring, planned, counts, state, approval }) => {
    const asked =
      approval?.state === 'open'
        ? ` (${approval.decisions.length} of ${approval.approversNeeded}, until ${approval.expiresAt})`
        : '';
    const tally = {
      name: ring,
      planned,
      known: settled.reduce((sum, status) => sum + counts[status], 0),
      words: `${state}${asked}`,
      count: (status: keyof typeof counts) => counts[status],
    };
    return ringBar(tally, columns ?? 100, colors);
  });

/** A campaign for people. */
export const statusText = (status: CampaignStatus, terminal: Terminal): string => {
  const { colors } = terminal;
  const {
    campaignId,
    family,
    image,
    starter,
    startedAt,
    endedAt,
    reason,
    halted,
    gates,
    causes,
    leftOut,
    estimate,
    adoption,
  } = status;
  const failed = gates.filter(({ passed }) => !passed);
  return [
    `${colors.bold(campaignId)}  ${outcomeText(status, colors)}${status.dryRun ? ' (dry run)' : ''}${drillText(status)}`,
    `  ${family}${image.id === '' ? '' : ` → ${image.id}`}, started by ${starter} at ${startedAt}${endedAt === null ? '' : `, ended at ${endedAt}`}`,
    ...(reason === '' ? [] : [`  ${reason}`]),
    ...(halted === null ? [] : [colors.yellow(`  ${halted}`)]),
    `  gates: ${gates.length - failed.length} passed${failed.length === 0 ? '' : colors.red(`, ${failed.length} refused`)}`,
    ...failed.map(({ gate, reasons }) => colors.red(`    ${gate}: ${reasons.join('; ')}`)),
    // Before the plan a ring has nothing in it, and a campaign that was refused never gets there.
    ...(status.rings.some(({ planned }) => planned > 0) ? ringLines(status, terminal) : []),
    ...causes.map(
      ({ status: what, stacks, reason: why, examples }) =>
        `  ${stacks} ${what}: ${why} (${examples.slice(0, 2).join(', ')}${stacks > 2 ? ', …' : ''})`,
    ),
    ...(adoption === null || adoption.onImage === 0
      ? []
      : [`  ${adoption.onImage} of ${adoption.instances} instances run the image: ${adoptionWords(adoption)}`]),
    ...leftOut.map(({ name, reason: why }) => `  left out: ${name}: ${why}`),
    ...(estimate === null
      ? []
      : [`  about ${estimate.remainingMinutes} min left, until ${estimate.endsAt}: ${estimate.basis}`]),
    '',
  ].join('\n');
};

/** Campaigns, one a row. */
export const campaignTable = (campaigns: readonly CampaignSummary[], terminal: Terminal): string =>
  campaigns.length === 0
    ? 'There are no campaigns.\n'
    : fittedTable(
        ['campaign', 'family', 'state', 'started', 'by', 'stacks'],
        campaigns.map((one) => [
          one.campaignId,
          one.family,
          outcomeText(one, terminal.colors),
          one.startedAt.slice(0, 16).replace('T', ' '),
          one.starter,
          String(one.planned),
        ]),
        terminal,
      );
