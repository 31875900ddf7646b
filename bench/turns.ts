/**
 * How long the process keeps everybody else waiting at a time, in milliseconds of processor time: its own, all threads of it. What a
 * busy machine takes away from it is not counted, but what it makes slower is.
 */
export class Turns {
  readonly #longest = new Map<string, number>();
  readonly #ticking: NodeJS.Timeout;
  #doing: string;
  #used = process.cpuUsage();

  constructor(doing: string) {
    this.#doing = doing;
    // Each round of the event loop begins with the timers that are due: between two of them lies one turn, or what took a millisecond.
    this.#ticking = setInterval(() => this.#note(), 1);
  }

  /** Does one thing, and returns how long the longest turn took meanwhile. */
  async of<Result>(doing: string, work: () => Promise<Result>): Promise<{ result: Result; longest: number }> {
    const before = this.#doing;
    this.#note();
    this.#doing = doing;
    const mine = this.#longest.get(doing);
    this.#longest.delete(doing);
    const result = await work();
    this.#note();
    const longest = this.#longest.get(doing) ?? 0;
    this.#longest.set(doing, Math.max(longest, mine ?? 0));
    this.#doing = before;
    return { result, longest };
  }

  /** What is done from now on while nothing else is. */
  from(doing: string): void {
    this.#note();
    this.#doing = doing;
  }

  /** The longest turn of everything that was done under this name. */
  longest(doing: string): number {
    return this.#longest.get(doing) ?? 0;
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #note(): void {
    const { user, system } = process.cpuUsage(this.#used);
    this.#used = process.cpuUsage();
    const took = (user + system) / 1_000;
    if (took > this.longest(this.#doing)) this.#longest.set(this.#doing, took);
  }
}
