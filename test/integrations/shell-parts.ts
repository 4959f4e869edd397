import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const file = (path: string): string => readFileSync(new URL(`../../integrations/${path}`, import.meta.url), 'utf8');

/** The commands of a pipeline by step, as its own shell would get them. */
export type ShellParts = Readonly<Record<string, string>>;

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

/** Each job's `run` steps. */
export const githubParts = (): ShellParts =>
  Object.fromEntries(
    Object.entries((parse(file('github-actions/rollout.yml')) as Workflow).jobs).map(([job, { steps }]) => [
      job,
      steps.flatMap(({ run }) => run ?? []).join('\n'),
    ]),
  );

interface GitlabJob {
  readonly extends?: string;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly when?: string;
  readonly environment?: string;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly allow_failure?: boolean | { readonly exit_codes: number };
}

/** Each job with its template's `before_script`. */
export const gitlabJobs = (): Readonly<Record<string, GitlabJob>> =>
  parse(file('gitlab-ci/.gitlab-ci.yml')) as Record<string, GitlabJob>;

/** Each job's script, after what its template does before. */
export const gitlabParts = (): ShellParts => {
  const jobs = gitlabJobs();
  return Object.fromEntries(
    Object.entries(jobs).flatMap(([job, { extends: template = '', script }]) =>
      script === undefined ? [] : [[job, [...(jobs[template]?.before_script ?? []), ...script].join('\n')]],
    ),
  );
};

/** Every `sh` of a Jenkinsfile in order; Groovy's escapes are taken back. */
export const jenkinsParts = (path: string): readonly string[] =>
  [...file(path).matchAll(/sh\(?\s*(?:script:)?\s*(?:'''([^]*?)'''|'((?:[^'\\]|\\.)*)')/g)].map(([, long, short]) =>
    (long ?? short ?? '').replaceAll(/\\(['\\\n])/g, (_, character: string) =>
      character === '\n' ? '\\\n' : character,
    ),
  );

/** The commands of a build of CodeBuild in one shell, which a command that fails ends: also one that `bash -e` would pass. */
export const codeBuildParts = (buildSpec: string): string => {
  const { phases } = JSON.parse(buildSpec) as {
    phases: Readonly<Record<string, { readonly commands: readonly string[] }>>;
  };
  return Object.values(phases)
    .flatMap(({ commands }) => commands)
    .map((command) => `${command}\n[ $? -eq 0 ] || exit 90`)
    .join('\n');
};
