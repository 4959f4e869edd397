import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod';
import { imageFacts } from '../../adapters/aws/image-facts.ts';
import { UsageError } from '../usage-error.ts';

const text = z.exactOptional(z.string());

/** The fields that are judged; EC2 leaves out what does not apply, and adds fields over time. */
const image = z.looseObject({
  ImageId: z.string().regex(/^ami-[0-9a-f]{8,17}$/, 'must be an AMI id such as ami-0123456789abcdef0'),
  Name: text,
  OwnerId: z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits'),
  State: z.string(),
  Architecture: text,
  VirtualizationType: text,
  BootMode: text,
  RootDeviceType: text,
  CreationDate: text,
  DeprecationTime: text,
  SourceImageId: text,
  SourceImageRegion: text,
  SourceInstanceId: text,
  BlockDeviceMappings: z.exactOptional(
    z.array(z.looseObject({ Ebs: z.exactOptional(z.looseObject({ Encrypted: z.exactOptional(z.boolean()) })) })),
  ),
  Tags: z.exactOptional(
    z.array(z.strictObject({ Key: z.string(), Value: z.string() })).superRefine((tags, context) => {
      const seen = new Set<string>();
      for (const [index, { Key }] of tags.entries()) {
        if (seen.has(Key))
          context.addIssue({ code: 'custom', path: [index, 'Key'], message: `${Key} is in the list twice` });
        seen.add(Key);
      }
    }),
  ),
});

const images = z.array(image).min(1, 'has no images: no image, no verdict');

/** The whole answer, or what `--query Images` makes of it. */
const parse = (document: unknown) =>
  Array.isArray(document) ? images.safeParse(document) : z.looseObject({ Images: images }).safeParse(document);

/**
 * Reads the output of `aws ec2 describe-images` from a file; for `-` it is the text of standard input.
 *
 * @throws UsageError with file, field and what to do
 */
export const readImages = (
  file: string,
  region: string,
  standardInput = '',
): readonly ReturnType<typeof imageFacts>[] => {
  const place = file === '-' ? 'standard input' : file;
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(`there is no file ${file}: write one with aws ec2 describe-images`);
  let document: unknown;
  try {
    document = JSON.parse(file === '-' ? standardInput : readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(
      `${place} is no JSON: ${(cause as Error).message}\nGive the output of aws ec2 describe-images.`,
      {
        cause,
      },
    );
  }
  const parsed = parse(document);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(the document)'}: ${message}`);
    throw new UsageError(`${place} is no output of aws ec2 describe-images:\n${issues.slice(0, 10).join('\n')}`);
  }
  const list = Array.isArray(parsed.data) ? parsed.data : parsed.data.Images;
  return list.map((one) => imageFacts(one as Parameters<typeof imageFacts>[0], region));
};
