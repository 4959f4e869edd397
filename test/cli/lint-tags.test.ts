import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readImages } from '../../cli/lint-tags/read-images.ts';
import { runCli } from './run-cli.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lint = (...args: string[]) => runCli(['lint-tags', ...args]);

describe('ami-rollout lint-tags', () => {
  it('prints exactly the promised fields and exits with 0 when all pass', async () => {
    const { code, stdout, stderr } = await lint('--file', 'examples/images/built-image.json', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([{ imageId: 'ami-0f000000000000001', passed: true, reasons: [] }]);
  });

  it('exits with 2 when an image is refused, and says why for people as well', async () => {
    const { code, stdout } = await lint('--file', 'examples/images/near-misses.json');
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^✗ ami-0f000000000000011\n {2}- Tag env=prod is not the tag environment: set environment=production and remove env\.\n/,
    );
    expect(stdout).toMatch(/\n0 of 6 pass Tag Check\.\n$/);
  });

  it.each<[string[], RegExp]>([
    [[], /give either --image or --file/],
    [['--image', 'x'], /--image x: must be an AMI id/],
    [['--file', 'nowhere.json'], /there is no file nowhere\.json/],
    [['--file', 'examples/images/built-image.json', '--family', 'x'], /there is no family x .* al2023-base/],
    [['--file', 'examples/images/built-image.json', '--promoted', 'ami-00000001'], /the file has no such image/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await lint(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('an image that our own gates have tagged failed', () => {
  const judged = async (over: object) => {
    const built = JSON.parse(readFileSync('examples/images/built-image.json', 'utf8')) as {
      Images: { Tags: { Key: string; Value: string }[] }[];
    };
    const images = built.Images.map((one) => ({
      ...one,
      Tags: [
        ...one.Tags.filter(({ Key }) => Key !== 'security_scan_status'),
        { Key: 'security_scan_status', Value: 'failed' },
      ],
      ...over,
    }));
    const file = join(folder, 'tagged.json');
    writeFileSync(file, JSON.stringify({ Images: images }));
    return JSON.parse((await lint('--file', file, '--json')).stdout) as { passed: boolean; reasons: string[] }[];
  };

  it('is judged anew, as a campaign judges it', async () => {
    expect(await judged({})).toEqual([{ imageId: 'ami-0f000000000000001', passed: true, reasons: [] }]);
  });

  it('is refused where it is no image of ours', async () => {
    const [verdict] = await judged({ OwnerId: '999999999999' });
    expect(verdict?.reasons.join(' ')).toContain('Tag security_scan_status=failed is not accepted');
  });
});

describe('readImages', () => {
  const image = { ImageId: 'ami-0f000000000000001', OwnerId: '111122223333', State: 'available' };
  const read = (document: unknown) => {
    const file = join(folder, 'images.json');
    writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
    return () => readImages(file, 'eu-west-1');
  };

  it('takes the whole answer, and a list as --query makes it', () => {
    expect(read({ Images: [image] })()).toEqual(read([image])());
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'is no JSON'],
    ['something else', { images: [] }, 'Images: '],
    ['no images', { Images: [] }, 'Images: has no images: no image, no verdict'],
    ['an image without an id', { Images: [{ ...image, ImageId: undefined }] }, 'Images.0.ImageId'],
    ['an image without an owner', [{ ...image, OwnerId: undefined }], '0.OwnerId'],
    ['an image without a state', [{ ...image, State: null }], '0.State'],
    ['a tag without a value', [{ ...image, Tags: [{ Key: 'a' }] }], '0.Tags.0.Value'],
    [
      'a tag twice',
      [
        {
          ...image,
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'a', Value: '2' },
          ],
        },
      ],
      '0.Tags.1.Key: a is in the list twice',
    ],
  ])('refuses %s with its field', (_, document, message) => {
    expect(read(document)).toThrow(message);
  });
});
