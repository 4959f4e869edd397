/** Case, spaces and punctuation aside: what people mean when they write `Build-ID` for `build_id`. */
const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whether two texts differ in case, spaces and punctuation at most. */
export const sameLetters = (a: string, b: string): boolean => bare(a) !== '' && bare(a) === bare(b);

/** Edit distance in which swapping two neighbours counts as one edit, as typing errors do. */
const distance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      (rows[i] ?? [])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swap);
    }
  }
  return at(a.length, b.length);
};

/** Whether all letters of the short form stand in the word in this order, the first one in front: `prd`, `env`, `stg`. */
const abbreviates = (short: string, word: string): boolean => {
  if (short.length < 2 || short.length >= word.length || !word.startsWith(short.charAt(0))) return false;
  let from = 0;
  for (const letter of short) {
    from = word.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
};

const commonStart = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
};

/** How one text misses another: only in spelling (case, punctuation, typing error), or as another form of it (`prd`, `stage`). */
export type Miss = 'spelling' | 'abbreviation';

/** How the text misses the word, or undefined where the two have nothing to do with each other. Equal texts do not miss. */
export const nearMiss = (text: string, word: string): Miss | undefined => {
  const [a, b] = [bare(text), bare(word)];
  if (text === word || a === '' || b === '') return undefined;
  if (a === b) return 'spelling';
  const shorter = Math.min(a.length, b.length);
  // Longer texts are not worth the arithmetic; tag keys end at 128 characters.
  if (shorter > 3 && Math.max(a.length, b.length) <= 128 && distance(a, b) <= (shorter < 8 ? 1 : 2)) return 'spelling';
  return abbreviates(a, b) || abbreviates(b, a) || commonStart(a, b) >= 4 ? 'abbreviation' : undefined;
};

/** The word that the text most probably means; spelling before abbreviation, then the order given. */
export const nearest = (text: string, words: readonly string[]): string | undefined =>
  words.find((word) => nearMiss(text, word) === 'spelling') ??
  words.find((word) => nearMiss(text, word) === 'abbreviation');
