/** Whether the whole text fits the glob: `*` stands for any text, `?` for one character, all else for itself. */
export const matchesGlob = (glob: string, text: string): boolean => {
  const pattern = glob
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 's').test(text);
};
