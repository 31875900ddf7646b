/**
 * What a picture shows, as data: flows say it, the gallery draws it (`adapters/pictures`), and `pictureText` says the same in
 * words. Scores are whole numbers from 0 to 100.
 */
export type Picture = Matrix | Profile | Stacks | Tree;

/** Technical performance against business impact, with the pilot's point and its earlier ones. */
export interface Matrix {
  kind: 'matrix';
  title: string;
  /** From this score on an axis counts as strong. */
  strong: number;
  /** Oldest first; the last one is the present. */
  points: readonly { label: string; technical: number; business: number }[];
}

/** One bar for each label, with the range of opinions where several people gave one; null is not known. */
export interface Profile {
  kind: 'profile';
  title: string;
  strong: number;
  bars: readonly { label: string; score: number | null; low?: number; high?: number }[];
}

/** Bars that are made of counts: readiness by area, votes by criterion. Every part has a mark of its own beside its colour. */
export interface Stacks {
  kind: 'stacks';
  title: string;
  parts: readonly { label: string; tone: 'good' | 'bad' | 'open' | 'none' }[];
  /** `counts` in the order of `parts`. `mark` says how the bar came out: `✓`, `✗`. */
  bars: readonly { label: string; counts: readonly number[]; mark?: string }[];
}

/** A family of initiatives: parents above offshoots. */
export interface Tree {
  kind: 'tree';
  title: string;
  root: Branch;
}

export interface Branch {
  label: string;
  /** A second line: stage and last verdict. */
  note: string;
  /** The one that was asked about. */
  chosen?: true;
  offshoots: readonly Branch[];
}

/** What the picture says, in words: for readers who do not see it, for notifications, and where a platform shows none. */
export function pictureText(picture: Picture): string {
  switch (picture.kind) {
    case 'matrix':
      return `${picture.title}: ${picture.points.map(({ label, technical, business }) => `${label}: technical performance ${technical} (${strength(technical, picture)}), business impact ${business} (${strength(business, picture)})`).join('; ')}. Strong from ${picture.strong} of 100.`;
    case 'profile':
      return `${picture.title}: ${picture.bars.map(({ label, score, low, high }) => `${label} ${score === null ? 'not known' : `${score} (${strength(score, picture)})`}${low !== undefined && high !== undefined && low < high ? `, opinions from ${low} to ${high}` : ''}`).join('; ')}. Strong from ${picture.strong} of 100.`;
    case 'stacks':
      return `${picture.title}: ${picture.bars.map(({ label, counts, mark }) => `${mark ? `${mark} ` : ''}${label} ${counted(picture, counts)}`).join('; ')}.`;
    case 'tree':
      return `${picture.title}: ${branchText(picture.root)}.`;
  }
}

const strength = (score: number, { strong }: { strong: number }): string => (score >= strong ? 'strong' : 'weak');

const counted = ({ parts }: Stacks, counts: readonly number[]): string =>
  parts.flatMap(({ label }, index) => (counts[index] ? [`${counts[index]} ${label.toLowerCase()}`] : [])).join(', ') || 'none';

function branchText({ label, note, offshoots }: Branch): string {
  return `${label} (${note})${offshoots.length > 0 ? `, with ${offshoots.length} ${offshoots.length === 1 ? 'offshoot' : 'offshoots'}: [${offshoots.map(branchText).join('; ')}]` : ''}`;
}
