import { readdirSync, readFileSync } from 'node:fs';
import type { Image } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { imageFacts } from '../../adapters/aws/image-facts.ts';
import { readImages } from '../../cli/lint-tags/read-images.ts';
import { lintImage } from '../../domain/gates/lint-image.ts';
import { judgeTags } from '../../domain/gates/tag-check.ts';
import { parseConfiguration } from '../../infra/config.ts';
import shipped from '../../rollout.config.ts';

const folder = 'examples/images';
const { families, hub } = parseConfiguration(shipped, 'rollout.config.ts');
const context = { hubAccount: hub.account, now: new Date('2026-11-22T12:00:00Z') };
const imagesIn = (file: string) => readImages(`${folder}/${file}`, 'eu-west-1');
const lint = (file: string) => imagesIn(file).map((image) => lintImage(image, families, null, context));

describe('examples/images', () => {
  it('names every file in its README', () => {
    const readme = readFileSync(`${folder}/README.md`, 'utf8');
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
  });

  it('has an image that passes by the shipped rules', () => {
    expect(lint('built-image.json')).toMatchObject([{ passed: true, reasons: [] }]);
  });

  it('corrects every near miss exactly', () => {
    expect(lint('near-misses.json').map(({ reasons }) => reasons)).toEqual([
      ['Tag env=prod is not the tag environment: set environment=production and remove env.'],
      ['Tag Environment=Production is not the tag environment: set environment=production and remove Environment.'],
      ['Tag buildid=build-1043 is not the tag build_id: set build_id=build-1043 and remove buildid.'],
      ['Tag version=v2026.11.3 is not accepted: set version=2026.11.3.'],
      ['Tag created_date=2026/11/20 is not accepted: set created_date=2026-11-20.'],
      [
        'Tags environment=production and env=staging say two things: keep the right value in environment and remove env.',
      ],
    ]);
  });

  it('takes no public image for one of ours', () => {
    expect(lint('public-images.json').map(({ passed }) => passed)).toEqual([false, false, false, false]);
  });

  it.each<[string, Partial<Image>, string[]]>([
    ['as it is', {}, ['belongs to account 137112412989', 'Tag version is missing']],
    ['deprecated', { DeprecationTime: '2026-11-01T00:00:00.000Z' }, ['is deprecated since 2026-11-01T00:00:00.000Z']],
    ['disabled', { State: 'disabled' }, ['in eu-west-1 is disabled: choose an image that is available']],
    ['pending', { State: 'pending' }, ['in eu-west-1 is pending: start again once it is available']],
  ])('judges a public image %s by the rules of a family', (_, over, expected) => {
    const document = JSON.parse(readFileSync(`${folder}/public-images.json`, 'utf8')) as { Images: Image[] };
    const [family] = families;
    if (!family) throw new Error('there is no family');
    const { passed, reasons } = judgeTags(imageFacts({ ...document.Images[0], ...over }, 'eu-west-1'), family, context);
    expect(passed).toBe(false);
    for (const reason of expected) expect(reasons).toContainEqual(expect.stringContaining(reason));
  });

  it('reads what the gates need from the fields that AWS publishes', () => {
    const shapes = imagesIn('public-images.json').map(({ name, tags, createdAt, source, ...facts }) => ({
      ...facts,
      tags,
      named: name !== '',
      dated: !Number.isNaN(Date.parse(createdAt)),
      source,
    }));
    expect(shapes).toMatchObject([
      { architecture: 'x86_64', bootMode: 'uefi-preferred', rootDeviceType: 'ebs', virtualization: 'hvm' },
      { architecture: 'arm64', bootMode: 'uefi' },
      { owner: '099720109477', encrypted: false, deprecatedAt: '2028-11-12T06:51:00.000Z' },
      { owner: '801119661308', bootMode: 'uefi', tags: {}, named: true, dated: true, source: null },
    ]);
  });

  it('shows what must not be lost', () => {
    const [image, promoted] = imagesIn('another-architecture.json');
    if (!image || !promoted) throw new Error('the file has two images');
    expect(lintImage(image, families, null, { ...context, promoted }).reasons).toEqual([
      expect.stringContaining('has architecture arm64, the promoted ami-0f000000000000021 has x86_64'),
      expect.stringContaining('has boot mode uefi, the promoted ami-0f000000000000021 has uefi-preferred'),
      expect.stringContaining('is not encrypted'),
    ]);
  });
});
