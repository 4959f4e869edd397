import { reason, type Reason } from './reason.ts';

/** What AWS accepts. {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions} */
const mostTags = 50;
const longestKey = 128;
const longestValue = 256;

/** AWS counts characters, not UTF-16 units. */
const characters = (text: string): readonly string[] => Array.from(text);
const lengthOf = (text: string): number => characters(text).length;

const over = (text: string): Reason => reason('tag-limit', text);

const short = (text: string): string => (lengthOf(text) <= 40 ? text : `${characters(text).slice(0, 39).join('')}…`);

/**
 * Tags beyond AWS's limits. They cannot be on an image as they stand, but they can be in a file that is checked before
 * the image is tagged. `written` are keys that a campaign will write: an image with no room for them would be rolled out
 * and could not be promoted. AWS's own tags (`aws:`) do not count.
 */
export const tagLimitReasons = (
  tags: Readonly<Record<string, string>>,
  written: readonly string[] = [],
): readonly Reason[] => {
  const own = Object.entries(tags).filter(([key]) => !key.toLowerCase().startsWith('aws:'));
  const long = own.flatMap(([key, value]) => [
    ...(lengthOf(key) > longestKey
      ? [over(`Tag key ${short(key)} has ${lengthOf(key)} characters, AWS accepts ${longestKey}: shorten it.`)]
      : []),
    ...(lengthOf(value) > longestValue
      ? [
          over(
            `The value of tag ${short(key)} has ${lengthOf(value)} characters, AWS accepts ${longestValue}: shorten it (${short(value)}).`,
          ),
        ]
      : []),
  ]);
  const missing = written.filter((key) => !Object.hasOwn(tags, key));
  const after = own.length + missing.length;
  if (own.length > mostTags)
    return [
      ...long,
      over(`The image has ${own.length} tags, AWS accepts ${mostTags}: remove ${own.length - mostTags}.`),
    ];
  return after > mostTags
    ? [
        ...long,
        over(
          `The image has ${own.length} tags and a campaign writes ${missing.join(', ')}, AWS accepts ${mostTags}: remove ${after - mostTags}.`,
        ),
      ]
    : long;
};
