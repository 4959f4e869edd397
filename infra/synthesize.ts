import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import type { Configuration } from '../domain/configuration.ts';
import { bundledCode, stubCode } from './constructs/handler-code.ts';
import { HubStack } from './hub-stack.ts';
import { product } from './names.ts';
import { SpokeStack } from './spoke-stack.ts';

/** A CloudFormation template, as JSON. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The feature flags of `cdk.json`, which the CLI would pass: without them another template would come out. */
export const featureFlags = (): Record<string, unknown> => {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return context;
};

/** Notes of the CDK that take time and leave the template as it is. */
const withoutNotes = {
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  'aws:cdk:disable-stack-trace': true,
};

/** Synthesizes one stack in this process: what `cdk synth` writes, without the CLI and without checks. */
const synthesize = (build: (app: App, outdir: string) => Stack): CloudFormationTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), `${product}-`));
  try {
    const app = new App({
      outdir,
      context: { ...featureFlags(), ...withoutNotes },
      analyticsReporting: false,
      // Takes several times as long as all the rest.
      builtinCloudFormationValidation: false,
    });
    const { artifactId } = build(app, outdir);
    return app.synth().getStackArtifact(artifactId).template as CloudFormationTemplate;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/**
 * The hub stack's template: the machines' definitions, the rules and the functions as they are deployed.
 *
 * @param options - `bundle: false` puts a stub in the place of the handlers' code, which then needs no esbuild.
 */
export const synthesizeHub = (
  configuration: Configuration,
  options: { readonly bundle: boolean },
): CloudFormationTemplate =>
  synthesize((app, outdir) => {
    const code = options.bundle ? bundledCode(configuration, join(outdir, 'handlers')) : stubCode;
    return new HubStack(app, product, { configuration, code });
  });

/** The template of a spoke for any account and region; its role is made in the first region of the targets. */
export const synthesizeSpoke = (configuration: Pick<Configuration, 'hub' | 'targets'>): CloudFormationTemplate => {
  const roleRegion =
    configuration.targets.list[0]?.region ?? configuration.targets.organization?.regions[0] ?? configuration.hub.region;
  return synthesize((app) => new SpokeStack(app, `${product}-spoke`, { configuration, roleRegion }));
};
