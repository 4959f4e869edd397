import { Option, type Command } from 'commander';
import type { ConnectionOptions } from '../api/connection.ts';
import { withConnection } from '../api/connection.ts';
import { reportFormats, systems } from '../../domain/words.ts';
import { campaignIdOf } from '../campaign/campaign-id.ts';
import type { LatestArguments } from '../fleet/run-fleet.ts';
import type { ReportArguments } from '../fleet/run-report.ts';

/** The commands that ask about images, the fleet and what has been: `history`, `latest`, `drift`, `gates`, `report`, `audit`. */
export const addFleetQueries = (program: Command): void => {
  withConnection(program.command('history'))
    .summary('what was promoted for a family, the latest first')
    .requiredOption('--family <family>', 'the family')
    .action(async ({ family, ...options }: ConnectionOptions & { family: string }) => {
      const { runHistory } = await import('../fleet/run-fleet.ts');
      process.exitCode = await runHistory(family, options);
    });
  withConnection(program.command('latest'))
    .summary("the newest image of an operating system, or a family's current or newest ones")
    .addOption(new Option('--os <system>', 'as its publisher names it in SSM').choices(systems).conflicts('family'))
    .option('--family <family>', 'the promoted image of this family, by environment and target')
    .option('--built', "with --family: its own images of the last 90 days in the hub's region, the newest first")
    .option('--arch <architecture>', 'x86_64 or arm64', 'x86_64')
    .option('--image-region <region>', "the region to ask (default: the hub's)")
    .action(async (given: LatestArguments) => {
      const { runLatest } = await import('../fleet/run-fleet.ts');
      process.exitCode = await runLatest(given);
    });
  withConnection(program.command('drift'))
    .summary('stacks that are not on the promoted image')
    .option('--family <family>', 'only this family')
    .action(async ({ family, ...options }: ConnectionOptions & { family?: string }) => {
      const { runDrift } = await import('../fleet/run-fleet.ts');
      process.exitCode = await runDrift(family, options);
    });
  withConnection(program.command('gates'))
    .summary('what each gate has done: runs, rejections, durations, so that unused ones can be pruned')
    .description(
      'Prints for each gate how often it judged and refused, the median time to its verdict, its last rejection, and how\n' +
        'often a category has skipped it. A gate of your own that never refuses is a candidate to be taken out.',
    )
    .option('--family <family>', 'only campaigns of this family')
    .option(
      '--since <time>',
      'only campaigns started since this day or time, such as 2026-11-01 (default: 90 days ago)',
    )
    .action(async ({ family, since, ...options }: ConnectionOptions & { family?: string; since?: string }) => {
      const { runGates } = await import('../fleet/run-gates.ts');
      process.exitCode = await runGates({ family, since }, options);
    });
  withConnection(program.command('report'))
    .summary('the final report of a campaign that has ended, as it was kept')
    .argument('<campaign>', "the campaign: its id, or its execution's ARN")
    .addOption(
      new Option(
        '--format <format>',
        'text, html (a page that needs no other file) or json (default: text, json with --json)',
      )
        .choices(reportFormats)
        .conflicts('json'),
    )
    .option('--out <file>', 'write it there')
    .action(async (campaign: string, options: ReportArguments) => {
      const { runReport } = await import('../fleet/run-report.ts');
      process.exitCode = await runReport(campaignIdOf(campaign), options);
    });
  withConnection(program.command('audit'))
    .summary("one campaign's decisions: who, what, why")
    .argument('<campaign>', "the campaign: its id, or its execution's ARN; * for the product's own trail")
    .addOption(new Option('--stack <arn>', 'the decisions about one stack').conflicts('verify'))
    .option('--verify', 'recompute every chain and the hash of their heads; exit code 1 if something was tampered with')
    .action(
      async (
        campaign: string,
        { stack, verify, ...options }: ConnectionOptions & { stack?: string; verify?: true },
      ) => {
        const id = campaign === '*' ? campaign : campaignIdOf(campaign);
        if (verify === true) {
          const { runVerify } = await import('../audit/run-verify.ts');
          process.exitCode = await runVerify(id, options);
          return;
        }
        const { runAudit } = await import('../fleet/run-fleet.ts');
        process.exitCode = await runAudit(id, stack, options);
      },
    );
};
