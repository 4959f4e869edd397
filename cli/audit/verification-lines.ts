import type { Problem, Verification } from '../../domain/audit/verify-trail.ts';
import { plural } from '../terminal/plural.ts';
import type { Colors } from '../terminal/terminal.ts';

/** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
const chainName = ({ stackId }: Problem): string => {
  if (stackId === null) return "the campaign's own chain";
  const [, , , region = '', account = '', path = ''] = stackId.split(':');
  return `stack ${path.split('/')[1] ?? stackId} (${account}/${region})`;
};

/** What verifying came to, for a person. */
export const verificationLines = (verification: Verification, colors: Colors): string[] => {
  const { campaignId, intact, chains, records, closes, problems } = verification;
  const what = campaignId === '*' ? "the product's own trail" : `the trail of ${campaignId}`;
  const counted = `${plural(records, 'record')} in ${plural(chains, 'chain')}`;
  const last = closes.at(-1);
  return [
    intact
      ? `${colors.green('✓')} ${what} is as it was written: ${counted}.`
      : `${colors.red('✗')} ${what} is not as it was written: ${counted}, ${plural(problems.length, 'chain')} broken.`,
    ...problems.map(
      (problem) => `  record ${problem.sequence} of ${chainName(problem)} was ${problem.kind}: ${problem.says}`,
    ),
    ...(last === undefined
      ? []
      : [`  Heads at the close of ${last.at}: ${plural(last.records, 'record')}, SHA-256 ${last.hash}`]),
    ...(last !== undefined && intact
      ? ['  The final report and its mail have the same hash: compare it with the one that you have kept.']
      : []),
  ];
};
