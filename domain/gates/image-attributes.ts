import type { ImageFacts } from '../ports/images.ts';
import { reason, type Reason, type ReasonCode } from './reason.ts';

type Attributes = Pick<
  ImageFacts,
  'id' | 'architecture' | 'virtualization' | 'bootMode' | 'rootDeviceType' | 'encrypted'
>;

/**
 * How an image without a boot mode boots: as its instance types do by default.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html}
 */
const bootModeOf = ({ bootMode, architecture }: Attributes): string =>
  bootMode ?? (architecture.startsWith('arm64') ? 'uefi' : 'legacy-bios');

const named = {
  architecture: 'architecture',
  virtualization: 'virtualization type',
  rootDeviceType: 'root device type',
} as const;

interface Difference {
  readonly code: ReasonCode;
  /** What the image has, what the other one has, and the mend. */
  readonly says: readonly [image: string, other: string, mend: string];
}

/** What instances of the other image may count on and would lose with this one. */
const differences = (image: Attributes, other: Attributes): readonly Difference[] => {
  const found: Difference[] = [];
  for (const [attribute, words] of Object.entries(named) as [keyof typeof named, string][]) {
    if (image[attribute] === other[attribute] && image[attribute] !== '') continue;
    found.push({
      code: 'image-attribute',
      says: [
        `has ${words} ${image[attribute] || '(unknown)'}`,
        `has ${other[attribute] || '(unknown)'}`,
        'build it as before, or give it a family of its own',
      ],
    });
  }
  const [mode, before] = [bootModeOf(image), bootModeOf(other)];
  // `uefi-preferred` boots either way, so it can take the place of both.
  if (mode !== before && mode !== 'uefi-preferred') {
    const wanted = before === 'uefi-preferred' ? before : `${before} or uefi-preferred`;
    found.push({
      code: 'image-boot-mode',
      says: [`has boot mode ${mode}`, `has ${before}`, `register it with ${wanted}, or give it a family of its own`],
    });
  }
  // The other way round nothing is lost; whether everybody may use the key is judged with the image set.
  if (other.encrypted && !image.encrypted)
    found.push({
      code: 'image-encryption',
      says: ['is not encrypted', 'is', 'copy it with encryption and start again with the copy'],
    });
  return found;
};

/** What instances of the promoted image may count on and would lose with this one, as reasons with their mend. */
export const attributeReasons = (image: Attributes, promoted: Attributes): readonly Reason[] =>
  differences(image, promoted).map(({ code, says: [has, had, mend] }) =>
    reason(code, `Image ${image.id} ${has}, the promoted ${promoted.id} ${had}: ${mend}.`),
  );

/** What speaks against an image being a copy of the original: another name, or what would be lost with it. Empty: nothing. */
export const unlikeOriginal = (
  image: Attributes & Pick<ImageFacts, 'name'>,
  original: Attributes & Pick<ImageFacts, 'name'>,
): readonly string[] => [
  ...(image.name === original.name ? [] : [`has the name ${image.name}, the original has ${original.name}`]),
  ...differences(image, original).map(({ says: [has, had] }) => `${has}, the original ${had}`),
];
