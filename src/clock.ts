/** Where the time comes from. Everything that compares moments asks this, so that a manual clock moves the whole house. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands until it is moved; never backwards. */
export function manualClock(start: number): Clock & { move(to: number): void } {
  let at = start;
  return {
    now: () => at,
    move(to) {
      if (to > at) at = to;
    },
  };
}
