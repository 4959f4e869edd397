import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import type { Configuration } from '../domain/configuration.ts';
import { stubCode } from './constructs/handler-code.ts';
import { featureFlags } from './feature-flags.ts';
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

/** Notes of the CDK that take time and leave the template as it is. */
const withoutNotes = {
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  'aws:cdk:disable-stack-trace': true,
};

/** Synthesizes one stack in this process: what `cdk synth` writes, without the CLI and without checks. */
const synthesize = (build: (app: App) => Stack): CloudFormationTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), `${product}-`));
  try {
    const app = new App({
      outdir,
      context: { ...featureFlags(), ...withoutNotes },
      analyticsReporting: false,
      // Takes several times as long as all the rest.
      builtinCloudFormationValidation: false,
    });
    const { artifactId } = build(app);
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
  synthesize((app) => new HubStack(app, product, { configuration, ...(options.bundle ? {} : { code: stubCode }) }));

/** The template of a spoke for any account and region; its role is made in the first region of the targets. */
export const synthesizeSpoke = (configuration: Pick<Configuration, 'hub' | 'targets'>): CloudFormationTemplate => {
  const roleRegion =
    configuration.targets.list[0]?.region ?? configuration.targets.organization?.regions[0] ?? configuration.hub.region;
  return synthesize((app) => new SpokeStack(app, `${product}-spoke`, { configuration, roleRegion }));
};
