import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { localUsers } from '../../console/local/users.ts';
import { root } from '../scripts/scratch-folder.ts';

/** How commands ended; both streams, in the order in which they were written. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * A fresh checkout to run a page's commands in: every file that git knows or would take, and the installed packages.
 *
 * `aws` and `cdk` reach nobody. The AWS CLI itself checks each command against the service's model, and what the page
 * goes on with comes from examples/.
 */
export class Workspace implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'ami-rollout-docs-'));
  readonly #bin = join(this.path, '.cache', 'docs-bin');

  constructor() {
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
    const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
    const folders = new Set(files.map((file) => dirname(file)));
    for (const folder of folders) mkdirSync(join(this.path, folder), { recursive: true });
    for (const file of files) copyFileSync(join(root, file), join(this.path, file));
    symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'));
    // Files that pages take for the reader's own.
    copyFileSync(join(root, 'test/fixtures/fleet.json'), join(this.path, 'fleet.json'));
    copyFileSync(join(root, 'rehearsal/scenario/shipped/default.yaml'), join(this.path, 'my-fleet.yaml'));
    writeFileSync(join(this.path, 'event.json'), '{}');
    mkdirSync(this.#bin, { recursive: true });
    this.#program('npx', npx);
    this.#program('aws', aws);
    this.#program('npm', npm);
  }

  /** Runs commands as somebody who has this checkout open in a shell. */
  run(commands: string, variables: Readonly<Record<string, string>>): Promise<Ended> {
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', `exec 2>&1\n${commands}`], {
      cwd: this.path,
      env: {
        ...process.env,
        PATH: `${this.#bin}${delimiter}${process.env.PATH ?? ''}`,
        NO_COLOR: '1',
        COLUMNS: '120',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_MAX_ATTEMPTS: '1',
        AWS_ACCESS_KEY_ID: 'NOBODY',
        AWS_SECRET_ACCESS_KEY: 'nobody',
        AWS_EC2_METADATA_DISABLED: 'true',
        NODE: process.execPath,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #program(name: string, text: string): void {
    writeFileSync(join(this.#bin, name), text);
    chmodSync(join(this.#bin, name), 0o755);
  }
}

/** The AWS keys of a user of the local console. */
export const keysOf = (name: string): Readonly<Record<string, string>> => {
  const user = localUsers.find(({ id }) => id === name);
  if (user === undefined) throw new Error(`the local console has no user ${name}`);
  return { AWS_ACCESS_KEY_ID: user.accessKeyId, AWS_SECRET_ACCESS_KEY: user.secretAccessKey };
};

/** npm's own npx finds the same program, a second later. Of the CDK, what would reach AWS is only checked for its names. */
const npx = `#!/bin/bash
case "$*" in
  'ami-rollout inventory '*) cp test/fixtures/fleet.json fleet.json ;; # asks AWS; test/cli/inventory.test.ts runs it
  ami-rollout' '*) shift; exec "$NODE" cli/ami-rollout.mjs "$@" ;;
  cdk' '*) shift; exec "$NODE" test/docs/check-cdk.ts "$@" ;;
  *) echo "npx $1: nobody has said how to check it" >&2; exit 1 ;;
esac
`;

/** `npm start` is run as it is; a synthesis of everything has its own tests, what pages go on with is the template. */
const npm = `#!/bin/bash
case "$*" in
  start*) shift; exec "$NODE" cli/ami-rollout.mjs rehearse "$@" ;;
  'run synth') exec "$NODE" infra/write-spoke-template.ts ;;
  *) echo "npm $*: nobody has said how to check it" >&2; exit 1 ;;
esac
`;

/**
 * The real AWS CLI says whether command, options and values exist before it fails to reach anybody. Where it is not
 * installed nothing is checked. Answers that a page goes on with come from examples/.
 */
const aws = `#!/bin/bash
self=$(dirname "$0")
# What only version 2 of the CLI has.
[ "$1 $2" = 'logs tail' ] && exit 0
arguments=()
for one in "$@"; do case "$one" in --cli-binary-format | raw-in-base64-out) ;; *) arguments+=("$one") ;; esac; done
if real=$(PATH=\${PATH//$self:/} command -v aws); then
  answer=$("$real" "\${arguments[@]}" --endpoint-url http://127.0.0.1:9 2>&1)
  grep -q 'Could not connect to the endpoint URL' <<< "$answer" || { echo "$answer" >&2; exit 255; }
fi
case "$1 $2" in
  'cloudformation get-template') cat examples/stacks/parameter-rolling.yaml ;;
  'ec2 describe-images') cat examples/images/built-image.json ;;
esac
`;
