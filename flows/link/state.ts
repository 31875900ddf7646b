import type { PersonId } from '../../src/id.ts';
import type { Platform } from '../rules/platforms.ts';

/** One try of a person to be one on two messengers: a code given on the one, typed on the other, and confirmed on both. */
export interface Link {
  /** Who got the code, and stays. */
  by: PersonId;
  at: number;
  /** Until when it may be typed and confirmed. */
  until: number;
  asked?: Asked;
  /** When the one who typed the code confirmed. */
  confirmed?: number;
  ended?: { how: 'linked' | 'refused' | 'late'; at: number; by?: PersonId };
}

/** Who typed the code. */
export interface Asked {
  person: PersonId;
  platform: Platform;
  /** Where the one who got the code is. */
  theirs: readonly Platform[];
}
