import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it } from '@jest/globals';
import validate from 'asl-validator';
import { parse, parseDocument, visit } from 'yaml';
import { parseStart } from '../../domain/campaign/start-input.ts';
import { synthesizeSpoke } from '../../infra/synthesize.ts';
import { runCli } from '../cli/run-cli.ts';
import { configurationWith } from '../infra/deployed.ts';
import { declarativeMistakes } from './declarative.ts';
import { pipelineTemplate } from './pipeline-template.ts';
import { gitlabJobs } from './shell-parts.ts';

/** By name only: the package's types would bring the browser's to the whole project. */
const hcl2json = '@cdktf/hcl2json';
const parseHcl = async (name: string, source: string): Promise<unknown> => {
  const { parse } = (await import(hcl2json)) as { parse: (name: string, source: string) => Promise<unknown> };
  return parse(name, source);
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const path = (name: string): string => join(root, 'integrations', name);
const text = (name: string): string => readFileSync(path(name), 'utf8');
/** A template, with the bare argument of every intrinsic function. */
const template = (name: string) =>
  parse(text(name), { logLevel: 'error' }) as {
    Parameters: Record<string, { AllowedPattern?: string }>;
    Resources: Record<string, { Properties: Record<string, unknown> }>;
  };
const has = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
const where = (program: string) => (has(program) ? it : it.skip);

describe('integrations', () => {
  const workflowErrors = async (content: string): Promise<readonly string[]> => {
    const { context, value } = parseWorkflow({ name: 'rollout.yml', content }, new NoOperationTraceWriter());
    // Which job needs which is looked at only here.
    if (value !== undefined) await convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map(({ message }) => message);
  };

  it('github-actions/rollout.yml is a workflow, for the parser of GitHub', async () => {
    const workflow = text('github-actions/rollout.yml');
    expect(await workflowErrors(workflow)).toEqual([]);
    expect(await workflowErrors(workflow.replaceAll('needs: start', 'needs: strat'))).not.toEqual([]);
  });

  it('gitlab-ci/.gitlab-ci.yml fits the schema of GitLab', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
    try {
      execFileSync('git', ['init', '-q', folder]);
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/gitlab-ci-local/dist/index.js'),
          '--list-json',
          '--file',
          relative(folder, path('gitlab-ci/.gitlab-ci.yml')),
        ],
        { encoding: 'utf8', cwd: folder, env: { ...process.env, HOME: folder } },
      );
      expect(status).toBe(0);
      expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toEqual([
        'start',
        'approve',
        'follow',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  where('java')(
    'jenkins/ is Groovy',
    () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/npm-groovy-lint/lib/index.js'),
          ...['--parse', '--noserver', '--failon', 'error', '--no-insight', '--path', path('jenkins')],
          ...['--files', '**/Jenkinsfile'],
        ],
        { encoding: 'utf8' },
      );
      expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
      for (const name of ['jenkins/Jenkinsfile', 'latest-images/Jenkinsfile']) expect(stdout).toContain(name);
    },
    120_000,
  );

  it.each(['packer/al2023-base.pkr.hcl', 'terraform/promoted-image/main.tf', 'terraform/spoke/main.tf'])(
    '%s is HCL',
    async (name) => {
      expect(Object.keys((await parseHcl(name, text(name))) as object)).not.toEqual([]);
    },
  );

  where('terraform').each(['promoted-image', 'spoke'])('terraform/%s is formatted', (name) => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-diff', path(`terraform/${name}`)], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('terraform/ reads the parameter that a promotion writes, and gives the spoke what its template asks for', async () => {
    interface Module {
      readonly data?: { readonly aws_ssm_parameter: { readonly promoted: readonly { readonly name: string }[] } };
      readonly resource?: {
        readonly aws_cloudformation_stack: { readonly spoke: readonly { readonly parameters: object }[] };
      };
      readonly variable: Readonly<Record<string, readonly { readonly default?: string }[]>>;
    }
    const [image, spoke] = (await Promise.all(
      ['promoted-image', 'spoke'].map((name) => parseHcl(name, text(`terraform/${name}/main.tf`))),
    )) as [Module, Module];
    const { families, targets } = configurationWith({ families: { other: {} } });
    expect(image.data?.aws_ssm_parameter.promoted[0]?.name.replaceAll(/\$\{var\.(\w+)\}/g, '{$1}')).toBe(
      families.find(({ name }) => name === 'other')?.promotionParameter,
    );
    const asked = Object.keys(synthesizeSpoke(configurationWith()).Parameters ?? {});
    const given = Object.keys(spoke.resource?.aws_cloudformation_stack.spoke[0]?.parameters ?? {});
    expect(asked).toEqual(expect.arrayContaining(given));
    expect(spoke.variable['external_id']?.[0]?.default).toBe(targets.externalId);
  });

  it('the images of Packer and Image Builder pass Tag Check by the shipped rules', async () => {
    interface Packer {
      readonly locals: readonly { readonly build_id: string }[];
      readonly source: { readonly 'amazon-ebs': { readonly al2023: readonly { readonly tags: object }[] } };
    }
    const packer = (await parseHcl('x', text('packer/al2023-base.pkr.hcl'))) as Packer;
    const fill = (tags: object, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
      JSON.parse(
        Object.entries(values).reduce((all, [name, value]) => all.replaceAll(name, value), JSON.stringify(tags)),
      ) as Record<string, string>;
    const created_date = new Date().toISOString().slice(0, 10);
    const byPacker = fill(
      { ...packer.source['amazon-ebs'].al2023[0]?.tags, created_date },
      {
        '${local.build_id}': packer.locals[0]?.build_id ?? '',
        '${var.version}': '2026.11.3',
      },
    );
    const builder = template('image-builder/pipeline.yaml');
    const distributions = builder.Resources['Distribution']?.Properties['Distributions'] as {
      AmiDistributionConfiguration: { AmiTags: object };
    }[];
    const byBuilder = distributions.map(({ AmiDistributionConfiguration: { AmiTags } }) =>
      fill({ ...AmiTags, version: '2026.11.3' }, { '${Version}': '2026.11.3', '{{imagebuilder:buildVersion}}': '7' }),
    );
    expect(byBuilder[1]).toEqual(byBuilder[0]);
    expect(byBuilder[0]?.['build_id']).toBe('al2023-base-2026.11.3-7');
    // The version is the recipe's, which takes no other form than the rule.
    expect(distributions.map(({ AmiDistributionConfiguration: { AmiTags } }) => AmiTags)).toEqual(
      distributions.map(() => expect.objectContaining({ version: 'Version' }) as unknown),
    );
    const rule = new RegExp(builder.Parameters['Version']?.AllowedPattern ?? '');
    expect(['2026.11.3', '1.0.0'].map((version) => rule.test(version))).toEqual([true, false]);

    const [known] = (
      JSON.parse(readFileSync(join(root, 'examples/images/built-image.json'), 'utf8')) as { Images: object[] }
    ).Images;
    const images = [byPacker, ...byBuilder].map((tags) => ({
      ...known,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }));
    const { stdout } = await runCli(['lint-tags', '--file', '-', '--json'], { input: JSON.stringify(images) });
    expect((JSON.parse(stdout) as { reasons: string[] }[]).map(({ reasons }) => reasons)).toEqual([[], [], []]);
  });

  it.each(['scheduler/weekly.yaml', 'image-builder/pipeline.yaml'])(
    '%s has no aliases, which CloudFormation refuses',
    (name) => {
      const aliases: unknown[] = [];
      visit(parseDocument(text(name), { logLevel: 'error' }), { Alias: (_, alias) => void aliases.push(alias) });
      expect(aliases).toEqual([]);
    },
  );

  it('scheduler/weekly.yaml reads the image when it starts a campaign, and may do nothing else', () => {
    expect(text('scheduler/weekly.yaml')).not.toMatch(/Type: AWS::SSM::Parameter::Value/);
    const { Machine, MachineRole, Weekly } = template('scheduler/weekly.yaml').Resources;
    const definition = Machine?.Properties['Definition'] as {
      States: Record<string, { Resource: string; Parameters: { Input?: object } }>;
    };
    expect(validate(definition, { checkArn: false }).errors).toEqual([]);
    expect(Object.values(definition.States).map(({ Resource }) => Resource.split(':::')[1])).toEqual([
      'aws-sdk:ssm:getParameter',
      'states:startExecution',
    ]);
    const { 'imageId.$': imageId, ...rest } = {
      'imageId.$': '',
      ...definition.States['Start Campaign']?.Parameters.Input,
    };
    expect(imageId).toBe('$.imageId');
    expect(parseStart({ ...rest, imageId: 'ami-0123456789abcdef0', region: 'eu-west-1' })).toHaveProperty('start');
    const policies = MachineRole?.Properties['Policies'] as { PolicyDocument: { Statement: { Action: string }[] } }[];
    expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(({ Action }) => Action))).toEqual([
      'ssm:GetParameter',
      'states:StartExecution',
    ]);
    expect((Weekly?.Properties['Target'] as { Arn: string }).Arn).toBe('Machine');
  });

  where('python3')('airflow/ami_rollout.py starts a campaign and ends with it', () => {
    const { status, stdout, stderr } = spawnSync(
      'python3',
      [join(root, 'test/integrations/run-dag.py'), path('airflow/ami_rollout.py')],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { tasks, edges } = JSON.parse(stdout) as { tasks: { input?: object }[]; edges: string[][] };
    expect(tasks).toMatchObject([
      { task: 'start', deferrable: false },
      { task: 'finished', of: { 'output of': 'start' }, mode: 'reschedule', softFail: false },
    ]);
    // The last task says how the run has ended.
    expect(edges).toEqual([['start', 'finished']]);
    const input = { ...tasks[0]?.input, imageId: 'ami-0123456789abcdef0', region: 'eu-west-1' };
    expect(parseStart(input)).toMatchObject({ start: { how: 'manual', region: 'eu-west-1' } });
  });

  it.each(['jenkins/Jenkinsfile', 'jenkins/latest-images/Jenkinsfile'])('%s is a declarative pipeline', (name) => {
    expect(declarativeMistakes(text(name))).toEqual([]);
  });

  it.each([
    ['a stage without steps', /steps \{/, 'script {', 'script has no place in stage'],
    ['an unknown section', /post \{/, 'afterwards {', 'afterwards has no place in pipeline'],
    ['steps beside stages', /stages \{/, 'steps {', 'pipeline has no stages'],
  ])('a Jenkinsfile with %s is none', (_, what, by, mistake) => {
    expect(declarativeMistakes(text('jenkins/Jenkinsfile').replace(what, by))).toContain(mistake);
  });

  it('GitHub and GitLab take on roles by OIDC, and approve behind an environment with a role of its own', () => {
    interface Step {
      readonly uses?: string;
      readonly with?: Readonly<Record<string, string>>;
    }
    const { jobs, permissions } = template('github-actions/rollout.yml') as unknown as {
      readonly jobs: Readonly<Record<string, { readonly environment?: string; readonly steps: readonly Step[] }>>;
      readonly permissions: object;
    };
    expect(permissions).toMatchObject({ 'id-token': 'write' });
    const withs = Object.fromEntries(
      Object.entries(jobs).map(([job, { steps }]) => [
        job,
        steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))?.with ?? {},
      ]),
    );
    for (const given of Object.values(withs))
      expect(['role-to-assume', 'aws-region', 'role-duration-seconds']).toEqual(
        expect.arrayContaining(Object.keys(given)),
      );
    expect(jobs['approve']?.environment).toBe('production-canary');
    const gitlab = gitlabJobs();
    expect(gitlab['.with-aws']?.id_tokens).toEqual({ AWS_TOKEN: { aud: 'sts.amazonaws.com' } });
    expect(gitlab['approve']).toMatchObject({ when: 'manual', environment: 'production-canary' });
    for (const roleOf of [
      (job: string) => withs[job]?.['role-to-assume'],
      (job: string) => gitlab[job]?.variables?.['AWS_ROLE_ARN'],
    ]) {
      expect(roleOf('start')).toMatch(/^arn:aws:iam::\d{12}:role\//);
      expect(roleOf('approve')).not.toBe(roleOf('start'));
      expect(roleOf('follow')).toBe(roleOf('start'));
    }
  });

  where('cfn-lint').each(['scheduler/weekly.yaml', 'image-builder/pipeline.yaml'])(
    '%s is a template without errors',
    (name) => {
      const { status, stdout } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', path(name)], {
        encoding: 'utf8',
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout });
    },
    60_000,
  );

  it('codepipeline/ runs the campaign and asks beside it, and tells the campaign what was decided', () => {
    const synthesized = pipelineTemplate();
    const [found] = Object.values(synthesized.findResources('AWS::CodePipeline::Pipeline')) as {
      Properties: { Stages: { Name: string; Actions: { Name: string; RunOrder: number }[] }[] };
    }[];
    const actions = found?.Properties.Stages.find(({ Name }) => Name === 'Rollout')?.Actions ?? [];
    // Side by side: the campaign waits for the decision.
    expect(actions.map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
      ['RollOut', 1],
      ['ApproveCanary', 1],
    ]);
    synthesized.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { action: ['ApproveCanary'], state: ['SUCCEEDED', 'FAILED'] } },
    });
  });
});
