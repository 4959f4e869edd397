import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Configuration } from '../domain/configuration.ts';
import { bundledCode, stubCode } from './constructs/handler-code.ts';
import { HubStack } from './hub-stack.ts';
import { product } from './names.ts';

/** A CloudFormation template, as JSON. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The feature flags of `cdk.json`, which the CLI would pass: without them another template would come out. */
export const featureFlags = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as { context: Record<string, unknown> })
    .context;

/** Notes of the CDK that take time and leave the template as it is. */
const withoutNotes = {
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  'aws:cdk:disable-stack-trace': true,
};

/**
 * The hub stack's template, made in this process: the same that `cdk synth` writes, without the CLI and without checks.
 *
 * @param options - `bundle: false` puts a stub in the place of the handlers' code, which then needs no esbuild.
 */
export const synthesizeHub = (
  configuration: Configuration,
  options: { readonly bundle: boolean },
): CloudFormationTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), `${product}-`));
  try {
    const app = new App({
      outdir,
      context: { ...featureFlags(), ...withoutNotes },
      analyticsReporting: false,
      // Takes twice as long as all the rest.
      builtinCloudFormationValidation: false,
    });
    const code = options.bundle ? bundledCode(configuration, join(outdir, 'handlers')) : stubCode;
    const { artifactId } = new HubStack(app, product, { configuration, code });
    return app.synth().getStackArtifact(artifactId).template as CloudFormationTemplate;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
