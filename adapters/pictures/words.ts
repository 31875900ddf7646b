import { type Weight, widthOf } from './font.ts';

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of what somebody typed: no letter that XML forbids, no half of a surrogate pair, no line break. */
export const clean = (said: string): string =>
  said
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** The text on one line of so many pixels, its end an ellipsis where it is longer. */
export const fitted = (said: string, width: number, size: number, weight: Weight = 'normal'): string =>
  lines(said, width, size, weight, 1)[0]!;

/**
 * The text in lines of at most so many pixels, broken between words, and within a word that is longer than a line. What does not fit
 * into `most` lines ends in an ellipsis; the picture's words, beside it, hold the whole.
 */
export function lines(said: string, width: number, size: number, weight: Weight, most: number): string[] {
  const fits = (line: string) => widthOf(line, size, weight) <= width;
  const done: string[] = [];
  let rest = clean(said);
  while (rest !== '' && done.length < most) {
    if (fits(rest)) return [...done, rest];
    const last = done.length === most - 1;
    const head = last ? `${beginning(rest, (one) => fits(`${one}…`)).trimEnd()}…` : broken(rest, fits);
    done.push(head.trimEnd());
    rest = rest.slice(head.length).trimStart();
  }
  return done.length === 0 ? [''] : done;
}

/** As many whole words as fit, or as many letters of a long one. */
function broken(said: string, fits: (line: string) => boolean): string {
  const most = beginning(said, fits);
  const space = most.lastIndexOf(' ');
  return said[most.length] === ' ' || space <= 0 ? most : most.slice(0, space);
}

/** As many letters as fit, and at least one; a letter and its accents, or an emoji, is never cut. */
function beginning(said: string, fits: (line: string) => boolean): string {
  let found = '';
  for (const { segment } of letters.segment(said)) {
    if (found !== '' && !fits(found + segment)) break;
    found += segment;
  }
  return found;
}
