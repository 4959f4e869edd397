import type { ImageFacts } from '../ports/images.ts';
import { reason, type Reason } from './reason.ts';

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

/** What instances of the promoted image may count on and would lose with this one, as reasons with their mend. */
export const attributeReasons = (image: Attributes, promoted: Attributes): readonly Reason[] => {
  const reasons: Reason[] = [];
  for (const [attribute, words] of Object.entries(named) as [keyof typeof named, string][]) {
    if (image[attribute] === promoted[attribute] && image[attribute] !== '') continue;
    reasons.push(
      reason(
        'image-attribute',
        `Image ${image.id} has ${words} ${image[attribute] || '(unknown)'}, the promoted ${promoted.id} has ${promoted[attribute] || '(unknown)'}: build it as before, or give it a family of its own.`,
      ),
    );
  }
  const [mode, before] = [bootModeOf(image), bootModeOf(promoted)];
  // `uefi-preferred` boots either way, so it can take the place of both.
  if (mode !== before && mode !== 'uefi-preferred') {
    const wanted = before === 'uefi-preferred' ? before : `${before} or uefi-preferred`;
    reasons.push(
      reason(
        'image-boot-mode',
        `Image ${image.id} has boot mode ${mode}, the promoted ${promoted.id} has ${before}: register it with ${wanted}, or give it a family of its own.`,
      ),
    );
  }
  // The other way round nothing is lost; whether everybody may use the key is judged with the image set.
  if (promoted.encrypted && !image.encrypted) {
    reasons.push(
      reason(
        'image-encryption',
        `Image ${image.id} is not encrypted, the promoted ${promoted.id} is: copy it with encryption and start again with the copy.`,
      ),
    );
  }
  return reasons;
};
