import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startLocal, type LocalServer } from '../../console/local/server.ts';
import { localUsers } from '../../console/local/users.ts';
import { pipelineTemplate } from './pipeline-template.ts';
import { codeBuildParts, githubParts, gitlabJobs, gitlabParts, jenkinsParts } from './shell-parts.ts';

const cli = fileURLToPath(new URL('../../cli/ami-rollout.mjs', import.meta.url));

let local: LocalServer;
let folder: string;
let image: string;

beforeEach(async () => {
  local = await startLocal({ port: 0, scenario: 'default', stacks: 6, speed: 3_600 });
  image = Object.values(local.world.images)[0] ?? '';
  folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  mkdirSync(join(folder, 'bin'));
  // A build server installs the command line; here it is the one of this checkout. The names that npm would look up in a
  // public registry are refused: that is what anybody could publish.
  const programs = {
    npm: `#!/bin/sh
case "$1 $2 $3" in "install --prefix .ami-rollout" | "install --global https://"*) ;; *) false ;; esac || { echo "npm $*: not into a folder of its own"; exit 90; }
for last; do :; done
case "$last" in https://*.tgz) ;; *) echo "npm $*: no tarball of one's own"; exit 91 ;; esac
touch "$INSTALLED"
`,
    npx: `#!/bin/sh
[ "$1 $2 $3 $4" = "--no-install --prefix .ami-rollout ami-rollout" ] || { echo "npx $*: may come from npmjs.com"; exit 92; }
[ -e "$INSTALLED" ] || { echo "npx $*: nothing was installed"; exit 93; }
shift 4
case "$*" in *"watch "*) [ -z "$STILL_RUNNING" ] || exit 5 ;; esac
exec "${process.execPath}" "${cli}" "$@"
`,
    'ami-rollout': `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), text);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
}, 60_000);

afterEach(async () => {
  await local.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the commands in a shell as a build server would, with the AWS keys of a local user. */
const run = (commands: string, person: string, variables: Readonly<Record<string, string>>): Promise<Ended> => {
  const user = localUsers.find(({ id }) => id === person);
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', commands], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
      AMI_ROLLOUT_ENDPOINT: local.url,
      AMI_ROLLOUT_PACKAGE: 'https://packages.example.com/ami-rollout-0.1.0.tgz',
      // Each job has a machine of its own.
      INSTALLED: join(folder, randomUUID()),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: user?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: user?.secretAccessKey ?? '',
      GITHUB_OUTPUT: join(folder, 'output.txt'),
      GITHUB_STEP_SUMMARY: join(folder, 'report.txt'),
      ...variables,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
};

/** A person who looks again until the ring asks. */
const untilAccepted = async (approve: () => Promise<Ended>): Promise<Ended> => {
  for (let tries = 0; ; tries += 1) {
    const ended = await approve();
    if (ended.code === 0 || tries === 40) return ended;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

/** With the output, which says why the code is another one. */
const expectCode = (code: number, ended: Ended): void => expect(ended).toEqual({ code, output: ended.output });

const written = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the shell parts of a pipeline, against the local API', () => {
  it('in GitHub Actions start, approve and follow a campaign to PROMOTED', async () => {
    const { start = '', approve = '', follow = '' } = githubParts();
    const inputs = { IMAGE: image, ENVIRONMENT: 'production', REASON: 'test', GITHUB_RUN_ID: '7' };
    expectCode(0, await run(start, 'alice', inputs));
    const CAMPAIGN = /campaign=(.+)/.exec(written('output.txt'))?.[1] ?? '';
    const following = run(follow, 'alice', { CAMPAIGN });
    // Long before the ring asks.
    expectCode(0, await run(approve, 'bob', { CAMPAIGN, GITHUB_RUN_ID: '7' }));
    expectCode(0, await following);
    expect(written('report.txt')).toContain('PROMOTED');
  }, 180_000);

  it('in GitLab CI do the same', async () => {
    const { start = '', approve = '', follow = '' } = gitlabParts();
    const inputs = { IMAGE: image, ROLLOUT_ENVIRONMENT: 'production', REASON: 'test', CI_PIPELINE_ID: '7' };
    expectCode(0, await run(start, 'alice', inputs));
    const CAMPAIGN = /CAMPAIGN=(.+)/.exec(written('campaign.env'))?.[1] ?? '';
    const following = run(follow, 'alice', { CAMPAIGN });
    const asBob = { CAMPAIGN, CI_PIPELINE_ID: '7', GITLAB_USER_LOGIN: 'bob' };
    expectCode(0, await run(approve, 'bob', asBob));
    expectCode(0, await following);
    expect(written('report.txt')).toContain('PROMOTED');
  }, 180_000);

  it('take a campaign that outlasts its job for no failure', async () => {
    const inputs = { IMAGE: image, ENVIRONMENT: 'production', REASON: 'test', GITHUB_RUN_ID: '7' };
    const { start = '', approve = '', follow = '' } = githubParts();
    expectCode(0, await run(start, 'alice', inputs));
    const CAMPAIGN = /campaign=(.+)/.exec(written('output.txt'))?.[1] ?? '';
    const github = await run(follow, 'alice', { CAMPAIGN, STILL_RUNNING: 'yes' });
    expectCode(0, github);
    expect(github.output).toContain(`ami-rollout watch ${CAMPAIGN}`);
    const gitlab = await run(gitlabParts()['follow'] ?? '', 'alice', { CAMPAIGN, STILL_RUNNING: 'yes' });
    expectCode(5, gitlab);
    expect(gitlab.output).toContain(`ami-rollout watch ${CAMPAIGN}`);
    expect(gitlabJobs()['follow']?.allow_failure).toEqual({ exit_codes: 5 });
    // Who clicks after somebody else has decided changes nothing.
    expectCode(0, await run(approve, 'bob', { CAMPAIGN, GITHUB_RUN_ID: '7' }));
    const late = await run(approve, 'bob', { CAMPAIGN, GITHUB_RUN_ID: '7' });
    expectCode(0, late);
    expect(late.output).toContain('nothing to decide any more: ring canary is approved');
  }, 180_000);

  it.each([
    ['GitHub Actions', () => githubParts()['start']],
    ['GitLab CI', () => gitlabParts()['start']],
    ['Jenkins', () => jenkinsParts('jenkins/Jenkinsfile')[0]],
    ['Jenkins (list)', () => jenkinsParts('jenkins/latest-images/Jenkinsfile')[0]],
  ])('in %s install nothing but a tarball that is named', async (_, part) => {
    for (const AMI_ROLLOUT_PACKAGE of ['', 'ami-rollout']) {
      const { code, output } = await run(part() ?? '', 'alice', { AMI_ROLLOUT_PACKAGE });
      expect(code).toBe(1);
      expect(output).toContain('Set AMI_ROLLOUT_PACKAGE');
    }
  });

  it('in Jenkins choose the latest image, start, follow and write the mail; a rejection fails the build', async () => {
    const [install = '', latest = '', start = '', id = '', watch = '', report = ''] =
      jenkinsParts('jenkins/Jenkinsfile');
    // One workspace for all its stages.
    const INSTALLED = join(folder, 'installed');
    expectCode(0, await run(install, 'alice', { INSTALLED }));
    const chosen = await run(latest, 'alice', { SYSTEMS: 'windows-2025 al2023', INSTALLED });
    expectCode(0, chosen);
    expect(chosen.output).toContain('windows-2025: none here');
    // A choice for each system that has an image.
    expect(written('latest.txt')).toMatch(/^ami-[0-9a-f]{17} \S+ \S+\n$/);
    const [CHOSEN = ''] = written('latest.txt').split(' ');
    expectCode(1, await run(latest, 'alice', { SYSTEMS: 'windows-2025', INSTALLED }));
    const inputs = { CHOSEN, INSTALLED, ENVIRONMENT: 'production', REASON: 'test', BUILD_TAG: 'jenkins-rollout-7' };
    expectCode(0, await run(start, 'alice', inputs));
    expectCode(0, await run(id, 'alice', { INSTALLED }));
    const campaign = written('campaign.txt').trim();
    const watching = run(watch, 'alice', { INSTALLED });
    const reject = `ami-rollout reject ${campaign} --ring canary --reason "looks wrong"`;
    expectCode(0, await untilAccepted(() => run(reject, 'bob', {})));
    expectCode(3, await watching);
    expectCode(0, await run(report, 'alice', { INSTALLED }));
    expect(written('report.txt')).toContain('RESTORED');
    // The same build again watches the same campaign: its key is known.
    expectCode(0, await run(start, 'alice', inputs));
    expect((JSON.parse(written('campaign.json')) as { campaignId: string }).campaignId).toBe(campaign);
  }, 180_000);

  it.each([
    ['SUCCEEDED', 'PROMOTED', 0],
    ['FAILED', 'RESTORED', 3],
  ])(
    'in CodePipeline tell the campaign what a reviewer has decided: %s',
    async (STATE, outcome, code) => {
      const [project] = Object.values(pipelineTemplate().findResources('AWS::CodeBuild::Project'));
      const { Source, EnvironmentVariables } = {
        ...(project?.['Properties'] as { Source: { BuildSpec: string } }),
        EnvironmentVariables: { RING: 'canary', STATE },
      };
      const commands = codeBuildParts(Source.BuildSpec);
      const [prefix = ''] = /codepipeline-[0-9a-f]{8}/.exec(commands) ?? [];
      expect((await run(commands, 'bob', EnvironmentVariables)).output).toContain(
        'no campaign of this pipeline is running',
      );
      const start = await run(`ami-rollout start ${image} --reason test --no-wait || true`, 'alice', {});
      const campaign = /^Campaign (\S+) was started/m.exec(start.output)?.[1] ?? '';
      // Step Functions puts the prefix before the name; here the campaign has another name. The ring does not ask yet.
      expectCode(0, await run(commands.replaceAll(prefix, campaign), 'bob', EnvironmentVariables));
      const watched = await run(`ami-rollout watch ${campaign}`, 'alice', {});
      expectCode(code, watched);
      expect(watched.output).toContain(outcome);
    },
    180_000,
  );

  it('in Jenkins list the latest images', async () => {
    const [install = '', list = ''] = jenkinsParts('jenkins/latest-images/Jenkinsfile');
    const INSTALLED = join(folder, 'installed');
    expectCode(0, await run(install, 'alice', { INSTALLED }));
    const { code, output } = await run(list, 'alice', { INSTALLED });
    expect(code).toBe(0);
    expect(output).toContain(image);
    expect(output).toContain('windows-2025: none in eu-west-1');
    // An API that does not answer is no empty list.
    const AMI_ROLLOUT_ENDPOINT = 'http://127.0.0.1:9';
    expect((await run(list, 'alice', { INSTALLED, AMI_ROLLOUT_ENDPOINT })).code).not.toBe(0);
  }, 60_000);
});
