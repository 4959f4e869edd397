import type { CampaignStateChange } from '../../contracts/events/campaign-state-change.ts';
import type { Fact } from '../../contracts/events/names.ts';
import type { Configuration } from '../configuration.ts';
import type { Campaign } from '../records/campaign.ts';
import { pageLink } from './links.ts';
import { cut, shortLists, type StackLists } from './stack-lists.ts';
import { countsLine, listLines, minutesText, moment } from './words.ts';

/** Slack takes at most 8,000 characters; a mail that is longer is not read at night. */
const longestText = 8_000;
const longestReason = 900;

/** What there is to tell. */
export interface Telling {
  readonly fact: Fact;
  readonly campaign: Pick<
    Campaign,
    'campaignId' | 'family' | 'category' | 'environments' | 'image' | 'starter' | 'startedAt' | 'outcome' | 'drill'
  >;
  /** Null: about the campaign. */
  readonly ring: string | null;
  /** Tells the fact from others of the same kind in the same campaign; empty: there is only one. */
  readonly occasion?: string;
  readonly subject: string;
  /** What has happened and what the reader should do: the first lines of the mail. */
  readonly opening: readonly string[];
  readonly reason?: string;
  readonly stacks?: StackLists | null;
  readonly ringMinutes?: number | null;
  readonly approval?: CampaignStateChange['approval'];
  readonly alert?: CampaignStateChange['alert'];
  /** The page below the campaign's own: `/approval/canary`. */
  readonly page?: string;
  /** Further lines before those of the stacks. */
  readonly details?: readonly string[];
  /** The whole mail but its links, where it is written elsewhere. */
  readonly body?: readonly string[];
}

/** Minutes from one time to another. */
export const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

/** The id of a fact: the same whenever and however often it is told. */
export const factId = ({
  fact,
  campaign,
  ring,
  occasion = '',
}: Pick<Telling, 'fact' | 'ring' | 'occasion'> & { readonly campaign: { readonly campaignId: string } }): string =>
  [
    campaign.campaignId,
    fact.replaceAll(' ', '-'),
    ...[ring, occasion].filter((part) => part !== null && part !== ''),
  ].join('/');

const bodyOf = (telling: Telling, minutes: CampaignStateChange['minutes']): string[] => {
  const { campaign, ring, opening, reason = '', stacks = null, details = [] } = telling;
  const { campaignId, family, image, starter, startedAt } = campaign;
  const took = minutes.ring === null ? '' : `, ${minutesText(minutes.ring)}`;
  return [
    ...opening,
    ...(reason === '' ? [] : ['', `Why: ${cut(reason, longestReason)}`]),
    '',
    ...(image.id === '' ? [] : [`Image     ${image.id} (${image.region}), family ${family}`]),
    `Campaign  ${campaignId}, started by ${starter} at ${moment(startedAt)}, ${minutesText(minutes.campaign)} ago`,
    ...(stacks === null ? [] : [`${ring === null ? 'Stacks    ' : `Ring      ${ring}, `}${countsLine(stacks)}${took}`]),
    ...details,
    ...(stacks === null ? [] : listLines(stacks)),
  ];
};

/** Whoever reads of a failure must know at once that somebody means it. */
const drillLines = (drill: Campaign['drill']): string[] =>
  drill ? [`This is a drill on stack ${drill.stackName}: it fails by design, and nothing else is touched.`, ''] : [];

const shortened = (text: string, end: string): string => {
  if (text.length + end.length <= longestText) return `${text}${end}`;
  const note = '\n… shortened';
  return `${text.slice(0, longestText - end.length - note.length)}${note}${end}`;
};

/** The event and the mail that tell it. */
export const compose = (
  telling: Telling,
  configuration: Pick<Configuration, 'console'>,
  now: Date,
): CampaignStateChange => {
  const {
    fact,
    campaign,
    ring,
    subject,
    reason = '',
    stacks = null,
    ringMinutes = null,
    approval = null,
    alert = null,
  } = telling;
  const { campaignId, family, category, environments, image, starter, startedAt, outcome, drill } = campaign;
  const at = now.toISOString();
  const minutes = { campaign: minutesBetween(startedAt, at), ring: ringMinutes };
  const link = campaignId === '*' ? null : pageLink(configuration, campaignId, telling.page ?? '');
  const end = [
    '',
    '',
    ...(link === null ? [] : [`Page: ${link}`]),
    ...(campaignId === '*' ? [] : [`More: ami-rollout status ${campaignId}`]),
  ].join('\n');
  return {
    schemaVersion: 1,
    id: factId(telling),
    fact,
    at,
    campaignId,
    family,
    category,
    environments: [...environments],
    image: { id: image.id, region: image.region },
    starter,
    drill: drill ? drill.stackName : null,
    startedAt,
    ring,
    outcome,
    reason: cut(reason, longestReason),
    subject: cut(`${drill ? 'Drill: ' : ''}${subject}`.replaceAll(/\s+/g, ' ').trim(), 99),
    text: shortened([...drillLines(drill), ...(telling.body ?? bodyOf(telling, minutes))].join('\n'), end.trimEnd()),
    link,
    minutes,
    stacks: stacks === null ? null : shortLists(stacks),
    approval,
    alert,
  };
};
