import { describe, expect, it } from '@jest/globals';
import { attributeReasons, unlikeOriginal } from '../../../domain/gates/image-attributes.ts';
import { imageFacts } from './image-facts.ts';

type Facts = Parameters<typeof imageFacts>[0];
const promotedId = 'ami-00000000000000001';
const { id } = imageFacts();
const beside = (image: Facts, promoted: Facts) =>
  attributeReasons(imageFacts(image), imageFacts({ id: promotedId, ...promoted }));

describe('attributeReasons', () => {
  it.each<[string, Facts, Facts]>([
    ['two alike', {}, {}],
    ['a preferred UEFI beside legacy BIOS', { bootMode: 'uefi-preferred' }, { bootMode: 'legacy-bios' }],
    ['a preferred UEFI beside UEFI', { bootMode: 'uefi-preferred' }, { bootMode: 'uefi' }],
    ['an encrypted one beside one that is not', { encrypted: true }, { encrypted: false }],
    ['neither encrypted', { encrypted: false }, { encrypted: false }],
    ['no boot mode on x86 beside legacy BIOS', { bootMode: null }, { bootMode: 'legacy-bios' }],
    [
      'no boot mode on ARM beside UEFI',
      { bootMode: null, architecture: 'arm64' },
      { bootMode: 'uefi', architecture: 'arm64' },
    ],
    [
      'no boot mode on an ARM Mac beside UEFI',
      { bootMode: null, architecture: 'arm64_mac' },
      { bootMode: 'uefi', architecture: 'arm64_mac' },
    ],
  ])('has nothing to say of %s', (_what, image, promoted) => {
    expect(beside(image, promoted)).toEqual([]);
  });

  it.each<[Facts, Facts, string, string]>([
    [
      { architecture: 'arm64' },
      {},
      'image-attribute',
      `has architecture arm64, the promoted ${promotedId} has x86_64: build it as before, or give it a family of its own.`,
    ],
    [
      { virtualization: 'paravirtual' },
      {},
      'image-attribute',
      `has virtualization type paravirtual, the promoted ${promotedId} has hvm: build it as before, or give it a family of its own.`,
    ],
    [
      { rootDeviceType: '' },
      { rootDeviceType: '' },
      'image-attribute',
      `has root device type (unknown), the promoted ${promotedId} has (unknown): build it as before, or give it a family of its own.`,
    ],
    [
      { bootMode: 'uefi' },
      { bootMode: 'legacy-bios' },
      'image-boot-mode',
      `has boot mode uefi, the promoted ${promotedId} has legacy-bios: register it with legacy-bios or uefi-preferred, or give it a family of its own.`,
    ],
    [
      { bootMode: 'uefi' },
      { bootMode: 'uefi-preferred' },
      'image-boot-mode',
      `has boot mode uefi, the promoted ${promotedId} has uefi-preferred: register it with uefi-preferred, or give it a family of its own.`,
    ],
    [
      { encrypted: false },
      { encrypted: true },
      'image-encryption',
      `is not encrypted, the promoted ${promotedId} is: copy it with encryption and start again with the copy.`,
    ],
  ])('says of %j beside %j what would be lost', (image, promoted, code, text) => {
    expect(beside(image, promoted)).toEqual([{ code, text: `Image ${id} ${text}` }]);
  });
});

describe('unlikeOriginal', () => {
  it('has nothing to say of a copy', () => {
    expect(unlikeOriginal(imageFacts({ region: 'us-east-1' }), imageFacts())).toEqual([]);
  });

  it('names another name, and what would be lost', () => {
    expect(unlikeOriginal(imageFacts({ name: 'x', encrypted: false, bootMode: 'uefi' }), imageFacts())).toEqual([
      `has the name x, the original has ${imageFacts().name}`,
      'has boot mode uefi, the original has uefi-preferred',
      'is not encrypted, the original is',
    ]);
  });
});
