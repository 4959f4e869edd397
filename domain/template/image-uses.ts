import type { Source } from './source.ts';
import { sourcesOf } from './references.ts';
import type { Template } from './template.ts';
import { valuesOf } from './walk.ts';

/** One place that says which image instances are launched from. */
export interface ImageUse {
  readonly logicalId: string;
  readonly type: string;
  readonly sources: readonly Source[];
}

/**
 * Every `ImageId` of the template: in launch templates, launch configurations, instances, and in the overrides of a
 * mixed-instances group. Only EC2 and Auto Scaling: elsewhere the key may mean anything (a Lambda variable, say).
 */
export const imageUses = (template: Template): ImageUse[] =>
  [...template.resources].flatMap(([logicalId, { type, properties }]) =>
    /^AWS::(EC2|AutoScaling)::/.test(type)
      ? Array.from(valuesOf('ImageId', properties), (value) => ({
          logicalId,
          type,
          sources: sourcesOf(value, template),
        }))
      : [],
  );
