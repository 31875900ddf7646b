/** One thing that doctor looked at. */
export interface Finding {
  /** Which, in a word, for scripts. */
  check: string;
  ok: boolean;
  says: string;
  /** What to do about a fault. */
  next?: string;
}

export const good = (check: string, says: string): Finding => ({ check, ok: true, says });

export const fault = (check: string, says: string, next: string): Finding => ({ check, ok: false, says, next });
