import { systemClock } from '../../adapters/aws/clock.ts';
import { callerAccount } from '../../adapters/aws/caller.ts';
import { awsImages } from '../../adapters/aws/images.ts';
import { awsSessions } from '../../adapters/aws/sessions.ts';
import { lintImage } from '../../domain/gates/lint-image.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { ExitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { lintSummary, type LintResult } from './lint-summary.ts';
import { readImages } from './read-images.ts';
import { standardInputFor } from '../standard-input.ts';

/** The options of `ami-rollout lint-tags`. */
export interface LintArguments {
  readonly image?: string;
  readonly file?: string;
  readonly family?: string;
  readonly promoted?: string;
  readonly region?: string;
  readonly config?: string;
  readonly json?: boolean;
}

type Found = Awaited<ReturnType<typeof fromFile>>;

const fromFile = async (file: string, promoted: string | undefined, region: string) => {
  const all = readImages(file, region, await standardInputFor(file));
  const compared = all.find(({ id }) => id === promoted);
  if (promoted !== undefined && !compared)
    throw new UsageError(`--promoted ${promoted}: the file has no such image; write it with both ids`);
  return { images: all.filter((image) => image !== compared), missing: [] as LintResult[], compared };
};

const fromEc2 = async (imageId: string, promoted: string | undefined, region: string): Promise<Found> => {
  let account: string;
  try {
    account = await callerAccount(region);
  } catch (cause) {
    throw new UsageError(
      `the AWS credentials cannot be used: ${(cause as Error).message}\n` +
        'Log in (`aws sso login`), choose a profile (AWS_PROFILE), or use --file.',
      { cause },
    );
  }
  const target = { account, region };
  const images = awsImages(awsSessions(target, () => ({ roleName: '', externalId: '' })));
  const [image, compared] = await Promise.all([
    images.find(target, imageId),
    promoted === undefined ? undefined : images.find(target, promoted),
  ]);
  if (promoted !== undefined && !compared)
    throw new UsageError(
      `--promoted ${promoted}: there is no such image in ${region}, or account ${account} may not see it`,
    );
  const reason = `Image ${imageId} does not exist in ${region}, or account ${account} may not see it: check --region, or use the owner's credentials.`;
  return {
    images: image ? [image] : [],
    missing: image ? [] : [{ imageId, passed: false, reasons: [reason] }],
    compared,
  };
};

/** Judges the images and prints the verdicts; gives the exit code. */
export const runLint = async (args: LintArguments): Promise<number> => {
  const { image, file, family = null, promoted } = args;
  if ((image === undefined) === (file === undefined)) throw new UsageError('give either --image or --file');
  if (image !== undefined && !/^ami-[0-9a-f]{8,17}$/.test(image))
    throw new UsageError(`--image ${image}: must be an AMI id such as ami-0123456789abcdef0`);
  const loaded = await loadConfiguration(args.config);
  const { hub, families, gates } = parseConfiguration(loaded.configuration, loaded.file);
  if (family !== null && !families.some(({ name }) => name === family))
    throw new UsageError(
      `there is no family ${family} in ${loaded.file}; the families are ${families.map(({ name }) => name).join(', ')}`,
    );
  const region = args.region ?? hub.region;
  const found = await (file === undefined ? fromEc2(image ?? '', promoted, region) : fromFile(file, promoted, region));
  const context = {
    hubAccount: hub.account,
    now: systemClock.now(),
    promoted: found.compared,
    writesTags: gates.writeTags,
  };
  const results: readonly LintResult[] = [
    ...found.missing,
    ...found.images.map((one) => {
      const { passed, reasons } = lintImage(one, families, family, context);
      return { imageId: one.id, passed, reasons };
    }),
  ];
  if (results.length === 0) throw new UsageError(`${file ?? ''}: there is nothing to judge beside --promoted`);
  const terminal = standardOutput();
  terminal.write(args.json === true ? `${JSON.stringify(results, null, 2)}\n` : lintSummary(results, terminal));
  return results.every(({ passed }) => passed) ? ExitCode.Done : ExitCode.Rejected;
};
