/** `ami-0fbd99e1303f179e0` → `ami-…f179e0`, wherever it stands in a text. */
export const shortImages = (text: string): string => text.replaceAll(/\bami-[0-9a-f]{11}([0-9a-f]{6})\b/g, 'ami-…$1');
