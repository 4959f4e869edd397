import type { ChangeSetContent, ResourceChange } from '../ports/stacks.ts';
import { isStateful } from './stateful-types.ts';

type Cause = ResourceChange['causes'][number];

const quoted = (causes: readonly Cause[]): string =>
  [...new Set(causes.map(({ target, source, entity }) => `${target || 'itself'} by ${entity ?? source}`))].join(', ');

/** The causes that do not lead back to the image, by way of the resources in `reached`. */
const strangeCauses = (
  { causes, nested }: ResourceChange,
  images: ReadonlySet<string>,
  reached: ReadonlySet<string>,
): readonly Cause[] => {
  const follows = ({ source, entity }: Cause): boolean => {
    if (source === 'ParameterReference') return entity !== null && images.has(entity);
    // A nested stack is always in the list; what is in it is judged by its own change set.
    if (source === 'Automatic') return nested !== null;
    const [resource = ''] = (entity ?? '').split('.');
    return (source === 'ResourceReference' || source === 'ResourceAttribute') && reached.has(resource);
  };
  const explained = new Set(causes.filter(follows).map(({ target }) => target));
  // A property with a parameter in it is listed twice: by the parameter, and as one whose value only the update will tell.
  return causes.filter(
    (cause) => !follows(cause) && !(cause.source === 'DirectModification' && explained.has(cause.target)),
  );
};

/** The resources whose change follows from the image: each round finds those that refer to the ones found before. */
const followers = (changes: readonly ResourceChange[], images: ReadonlySet<string>): ReadonlySet<string> => {
  let reached = new Set<string>();
  for (;;) {
    const next = new Set(
      changes
        .filter((change) => change.causes.length > 0 && strangeCauses(change, images, reached).length === 0)
        .map(({ logicalId }) => logicalId),
    );
    if (next.size === reached.size) return reached;
    reached = next;
  }
};

/**
 * Why the update must not be made: one sentence for each resource that would change for another reason than the image, be
 * added or removed, or be replaced though it keeps something. Empty: only the image and what follows from it changes.
 *
 * A parameter is the image's where it is the stack's image parameter, or where its new value is the image: so a nested
 * stack's parameter, and a second one that reads the same SSM parameter.
 */
export const judgePreview = (
  { changes, parameters }: ChangeSetContent,
  {
    image,
    parameter,
    path = '',
  }: { readonly image: string; readonly parameter: string | null; readonly path?: string },
): readonly string[] => {
  const images = new Set(
    parameters.filter(({ value, resolved }) => value === image || resolved === image).map(({ name }) => name),
  );
  if (parameter !== null) images.add(parameter);
  const reached = followers(changes, images);
  return changes.flatMap((change): readonly string[] => {
    const { logicalId, type, action, replacement, nested } = change;
    const name = `${path}${logicalId} (${type})`;
    if (action !== 'Modify') return [`${name} would be changed by ${action}`];
    const inside =
      nested === null ? [] : judgePreview(nested, { image, parameter: null, path: `${path}${logicalId}.` });
    const strange = strangeCauses(change, images, reached);
    const reasons = [
      ...(strange.length === 0 ? [] : [`${name} would change ${quoted(strange)}`]),
      ...(change.causes.length === 0 ? [`${name} would change for a reason that is not shown`] : []),
      ...(replacement !== 'False' && isStateful(type)
        ? [`${name} ${replacement === 'True' ? 'would' : 'might'} be replaced and what it keeps be lost`]
        : []),
    ];
    return [...reasons, ...inside];
  });
};
