// The arrows between the layers, as drawn in CONTRIBUTING.md. Types count: what a layer may not import, it may not name either.
// Each rule says what a layer may import; everything else is forbidden.

const zodMini = '^node_modules/zod/mini/';
const hash = '^(node:)?crypto$';
const configuration = '^domain/configuration(\\.ts$|/)';
const cdk = ['^node_modules/aws-cdk-lib/', '^node_modules/constructs/'];
const packages = '^node_modules/';

/**
 * What `ami-rollout inventory` is made of: discovery's own rules on the handlers' own adapters, so that a list made with
 * the user's credentials and one made by a campaign cannot differ. The table stays out of reach: whoever changes a
 * campaign asks the hub.
 */
const readingAws = [
  '^adapters/aws/',
  '^domain/planning/(take-inventory|read-templates|fleet-inventory)\\.ts$',
  '^domain/target\\.ts$',
];

/** `ami-rollout lint-tags` judges as the gate does, with its own code. */
const judgingImages = '^domain/gates/lint-image\\.ts$';

/** `ami-rollout gates` puts pages together as the API has made them. */
const mergingPages = '^domain/operating/gate-use\\.ts$';
/** `ami-rollout audit --verify` recomputes the trail itself, so that nobody has to believe the server. */
const judgingTrails = '^domain/audit/';

/** `ami-rollout graph` divides a machine as the pages do. */
const dividingMachines = '^domain/machine/';

/** Types alone: what the hub answers to `rollback`, and what `doctor` finds as the hub finds it. */
const answers = '^domain/(restore/rollback-answer|doctor/check)\\.ts$';

/** What no Lambda function may carry. */
const buildTools = '^node_modules/(aws-cdk-lib|constructs|cdk-nag|aws-local-stepfunctions|@sinonjs)/';

/** Node's own modules are for whom packages are for. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: typeof from === 'string' ? { path: from } : from,
  to: { pathNot: allowed, ...(allowed.includes(packages) && { dependencyTypesNot: ['core'] }) },
});

const never = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: typeof from === 'string' ? { path: from } : from,
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'Of two files that import each other, neither can be understood or tested alone: move what both need into a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'contracts',
      '^contracts/',
      ['^contracts/', zodMini],
      'Contracts are shared by handlers and machines: shapes only.',
    ),
    only(
      'domain',
      { path: '^domain/', pathNot: '^domain/(template|windows)/' },
      ['^(contracts|domain)/', zodMini, hash],
      'The domain is pure rules: AWS comes in through a port (domain/ports/).',
    ),
    only(
      'domain-template',
      '^domain/template/',
      ['^(contracts|domain)/', zodMini, hash, '^node_modules/yaml/'],
      'As the domain; templates are YAML.',
    ),
    only(
      'domain-windows',
      '^domain/windows/',
      ['^(contracts|domain)/', zodMini, hash, '^node_modules/croner/'],
      'As the domain; windows are cron expressions in time zones.',
    ),
    only(
      'adapters',
      '^adapters/',
      ['^(contracts|domain|adapters)/', packages],
      'Adapters put the ports on the SDK; who calls them is not their business.',
    ),
    only(
      'handlers',
      '^handlers/',
      ['^(contracts|domain|adapters|handlers)/', '^console/(?!local/)', packages],
      'Handlers are bundled for Lambda: no machines, no infrastructure.',
    ),
    never(
      'no-build-tools-in-lambda',
      '^(contracts|domain|adapters|handlers|console/(?!local/))',
      buildTools,
      'It would be bundled for Lambda.',
    ),
    only(
      'statemachines',
      '^statemachines/',
      ['^(contracts|statemachines)/', configuration, zodMini, ...cdk],
      'Machines know the contracts of their tasks and the configuration that shapes them.',
    ),
    only(
      'infra',
      '^infra/',
      ['^(contracts|domain|statemachines|infra)/', '^rollout\\.config\\.ts$', packages],
      'Infrastructure reaches a handler by the path of its file; of the domain it uses words and types.',
    ),
    only(
      'configuration',
      '^rollout\\.config\\.ts$',
      ['^infra/config\\.ts$'],
      'The configuration is checked by infra/config.ts.',
    ),
    never(
      'rehearsal',
      { path: '^rehearsal/' },
      '^infra/(?!config\\.ts$|synthesize\\.ts$)',
      'The rehearsal runs what is synthesized, so it asks infra/synthesize.ts for it.',
    ),
    only(
      'cli',
      '^cli/',
      [
        '^(cli|rehearsal|contracts|domain/template)/',
        '^domain/((outcome-)?words|configuration/gate-names)\\.ts$',
        ...readingAws,
        judgingImages,
        mergingPages,
        judgingTrails,
        dividingMachines,
        answers,
        '^statemachines/titles\\.ts$',
        '^infra/config\\.ts$',
        '^rollout\\.config\\.ts$',
        packages,
      ],
      'The commands are a face of the product; its rules live in the domain.',
    ),
    only(
      'console',
      { path: '^console/', pathNot: '^console/local/' },
      ['^(contracts|domain|console/(?!local/))', packages, hash],
      'The console runs in Lambda: it reads and writes through the domain, on ports that its server gives it.',
    ),
    never(
      'console-local',
      '^console/local/',
      '^(statemachines|cli|infra/(?!config\\.ts$))',
      'The local server puts the console over a rehearsal.',
    ),
    never(
      'tests-are-leaves',
      { pathNot: '^(test|bench|scripts)/' },
      '^(test|bench|scripts)/',
      'The product runs without its tests and tools.',
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(cdk\\.out|\\.cache|coverage|dist|docs|examples|test/package/app)/' },
    // `import type` is an arrow, too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    parser: 'tsc',
  },
};
