/** Cuts a plain text to a width, with an ellipsis where something is missing. */
export const fit = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** Breaks a plain text into lines of at most this width, between words but where one is longer. */
export const wrap = (text: string, width: number | null): string[] => {
  if (width === null) return [text];
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    // Ids and ARNs are copied from here: only what is longer than a line is broken itself.
    const cut = space > 0 ? space : width;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
};
