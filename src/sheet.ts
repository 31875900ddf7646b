/** A document to be printed: what it says, in plain strings, free of any format. Whatever was typed is shown letter by letter. */
export interface Sheet {
  title: string;
  subtitle: string;
  /** Stands at the foot of each page. */
  foot: string;
  /** The moment that dates the file, epoch milliseconds: of the record, so that the same record gives the same file. */
  at: number;
  parts: readonly SheetPart[];
}

export type SheetPart =
  | { kind: 'heading'; text: string }
  /** Smaller, within a section. */
  | { kind: 'subheading'; text: string }
  | { kind: 'text'; text: string; label?: string }
  | { kind: 'list'; items: readonly string[] }
  /** `share`: how much of the width a column has, against the others. The head stands again on each page. */
  | { kind: 'table'; columns: readonly Column[]; rows: readonly (readonly string[])[] };

interface Column {
  title: string;
  share: number;
  /** Numbers and letters stand in the middle. */
  middle?: true;
}

/** Prints sheets as PDF. */
export interface Printer {
  print(sheet: Sheet): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Too many sheets wait to be printed. */
export class Busy extends Error {}
