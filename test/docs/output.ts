const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const linePattern = (line: string): string => line.trimEnd().split('…').map(escape).join('.*');

/**
 * Whether an output is the one that a page shows. In a page, `…` alone on a line stands for any lines, and within a line
 * for any text; spaces at the ends of lines do not count.
 */
export const isAsShown = (shown: string, output: string): boolean => {
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line.trim() === '…' ? String.raw`(?:.*\n)*?` : `${linePattern(line)}\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${output.trimEnd().replaceAll(/[ \t]+$/gm, '')}\n`);
};
