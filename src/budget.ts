import type { Limit } from './messenger.ts';

interface Window {
  /** When the latest calls were made, as many as the limit allows. */
  calls: number[];
  per: number;
}

/** From so many keys on, those whose window has passed are forgotten. */
const MANY = 20_000;

/** Counts calls against the platforms' budgets, in a sliding window for each. */
export class Budget {
  readonly #windows = new Map<string, Window>();

  /** Milliseconds until all limits have room; 0 when they do, and then the call is counted against each. */
  reserve(limits: readonly Limit[], now: number): number {
    const wait = this.wait(limits, now);
    if (wait === 0) for (const limit of limits) this.#count(limit, now);
    return wait;
  }

  /** Milliseconds until all limits have room, without counting anything. */
  wait(limits: readonly Limit[], now: number): number {
    return Math.max(0, ...limits.map((limit) => this.#wait(limit, now)));
  }

  /** A call that was reserved at one moment is made at another: the platform counts from then. */
  made(limits: readonly Limit[], reserved: number, now: number): void {
    for (const { key } of limits) {
      const calls = this.#windows.get(key)?.calls;
      const place = calls?.indexOf(reserved) ?? -1;
      if (!calls || place < 0) continue;
      calls.splice(place, 1);
      calls.push(now);
    }
  }

  #wait({ key, count, per }: Limit, now: number): number {
    const calls = this.#windows.get(key)?.calls;
    if (!calls || calls.length < count) return 0;
    return Math.max(0, calls[calls.length - count]! + per - now);
  }

  #count({ key, count, per }: Limit, now: number): void {
    const calls = this.#windows.get(key)?.calls ?? [];
    calls.push(now);
    if (calls.length > count) calls.shift();
    this.#windows.delete(key);
    this.#windows.set(key, { calls, per });
    if (this.#windows.size > MANY) this.#forget(now);
  }

  /** Looks at the two that were used longest ago; what still counts goes to the end, and is looked at again in its turn. */
  #forget(now: number): void {
    for (let looks = 0; looks < 2; looks++) {
      const [[key, window] = []] = this.#windows;
      if (key === undefined || !window) return;
      this.#windows.delete(key);
      if (window.calls.at(-1)! + window.per > now) this.#windows.set(key, window);
    }
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#windows.size;
  }
}
