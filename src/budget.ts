import type { Limit } from './messenger.ts';

/** Counts calls against the platforms' budgets, in a sliding window for each. */
export class Budget {
  readonly #calls = new Map<string, number[]>();

  /** Milliseconds until all limits have room; 0 when they do, and then the call is counted against each. */
  reserve(limits: readonly Limit[], now: number): number {
    const wait = Math.max(0, ...limits.map((limit) => this.#wait(limit, now)));
    if (wait === 0) for (const { key, count } of limits) this.#count(key, count, now);
    return wait;
  }

  #wait({ key, count, per }: Limit, now: number): number {
    const calls = this.#calls.get(key);
    if (!calls || calls.length < count) return 0;
    return Math.max(0, calls[calls.length - count]! + per - now);
  }

  #count(key: string, count: number, now: number): void {
    const calls = this.#calls.get(key) ?? [];
    calls.push(now);
    if (calls.length > count) calls.shift();
    this.#calls.delete(key);
    this.#calls.set(key, calls);
    // The window of the key that was used longest ago has long passed.
    if (this.#calls.size > 20_000) this.#calls.delete(this.#calls.keys().next().value!);
  }
}
