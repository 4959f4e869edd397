import { isMapping, type Mapping } from './intrinsic.ts';
import { sourcesOf } from './references.ts';
import type { Source } from './source.ts';
import type { Template, TemplateResource } from './template.ts';
import { mappingsIn, valuesOf } from './walk.ts';

/**
 * Which version of a launch template a resource asks for.
 * `newest`: by `LatestVersionNumber`, so that a new version changes the resource; `$Latest` and `$Default` are words
 * that stay the same, so that CloudFormation sees no change; `pinned`: a fixed number; `mixed`: depends on a condition.
 */
export type LaunchTemplateVersion = 'newest' | '$Latest' | '$Default' | 'pinned' | 'mixed';

/** A resource's reference to where its launch settings are. */
export interface LaunchSpecification {
  /** Launch templates or configurations of this template that it may mean; none when they are elsewhere. */
  readonly targets: readonly string[];
  /** `null` for a launch configuration, which has no versions: CloudFormation makes a new one. */
  readonly version: LaunchTemplateVersion | null;
}

/** Every launch template (also in mixed-instances policies and their overrides) and configuration a resource uses. */
export const launchSpecifications = (resource: TemplateResource, template: Template): LaunchSpecification[] => {
  const templates = Array.from(mappingsIn(resource.properties))
    .filter((mapping) => 'LaunchTemplateId' in mapping || 'LaunchTemplateName' in mapping)
    .map((mapping) => ({
      targets: [
        ...targetsOf(mapping.LaunchTemplateId, 'AWS::EC2::LaunchTemplate', 'LaunchTemplateName', template),
        ...targetsOf(mapping.LaunchTemplateName, 'AWS::EC2::LaunchTemplate', 'LaunchTemplateName', template),
      ],
      version: versionOf(mapping, template),
    }));
  const configurations = Array.from(valuesOf('LaunchConfigurationName', resource.properties), (name) => ({
    targets: targetsOf(name, 'AWS::AutoScaling::LaunchConfiguration', 'LaunchConfigurationName', template),
    version: null,
  }));
  return [...templates, ...configurations];
};

/** By reference, or by a name that both sides build alike. */
const targetsOf = (reference: unknown, type: string, nameKey: string, template: Template): string[] => {
  if (reference === undefined) return [];
  const referred = new Set(
    sourcesOf(reference, template).flatMap((source) => (source.kind === 'resource' ? [source.logicalId] : [])),
  );
  const text = JSON.stringify(reference);
  return [...template.resources]
    .filter(([, resource]) => resource.type === type)
    .filter(([id, { properties }]) => {
      const name = isMapping(properties) ? properties[nameKey] : undefined;
      return referred.has(id) || (name !== undefined && JSON.stringify(name) === text);
    })
    .map(([id]) => id);
};

const versionOf = (specification: Mapping, template: Template): LaunchTemplateVersion => {
  const version = specification.Version;
  if (version === undefined) return '$Default';
  const kinds = new Set(sourcesOf(version, template).map(versionKind));
  const [kind] = kinds;
  return kinds.size === 1 && kind ? kind : 'mixed';
};

const versionKind = (source: Source): LaunchTemplateVersion => {
  if (source.kind === 'resource' && source.attribute === 'LatestVersionNumber') return 'newest';
  if (source.kind === 'resource' && source.attribute === 'DefaultVersionNumber') return '$Default';
  if (source.kind === 'literal' && source.value === '$Latest') return '$Latest';
  if (source.kind === 'literal' && source.value === '$Default') return '$Default';
  return source.kind === 'literal' || source.kind === 'mapping' || source.kind === 'parameter' ? 'pinned' : 'mixed';
};
