/** One turn of the process, in milliseconds. */
export interface Turn {
  /** How long it kept everybody else waiting: what passed on the clock or, where that is less, the processor time of all its threads. */
  took: number;
  /** Processor time of all threads. */
  processor: number;
}

/**
 * How long the process keeps everybody else waiting at a time. Two figures bound that from above. What passes on the clock holds what
 * other processes take away as well, and waiting for the disk. The processor time of all threads holds what the engine's helping threads
 * do beside the one that answers, on another core: they optimize code, and mark and sweep what is garbage; in the pauses of a
 * collection the one that answers waits for them, so that they cannot be left out. The smaller of the two is what counts.
 */
export class Turns {
  readonly #longest = new Map<string, Turn>();
  readonly #ticking: NodeJS.Timeout;
  #doing: string;
  #used = process.cpuUsage();
  #at = performance.now();

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
    const earlier = this.longest(doing);
    this.#longest.delete(doing);
    const result = await work();
    this.#note();
    const now = this.longest(doing);
    if (earlier.took > now.took) this.#longest.set(doing, earlier);
    this.#doing = before;
    return { result, longest: now.took };
  }

  /** What is done from now on while nothing else is. */
  from(doing: string): void {
    this.#note();
    this.#doing = doing;
  }

  /** The longest turn of everything that was done under this name. */
  longest(doing: string): Turn {
    return this.#longest.get(doing) ?? { took: 0, processor: 0 };
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #note(): void {
    const { user, system } = process.cpuUsage(this.#used);
    const now = performance.now();
    const processor = (user + system) / 1_000;
    const took = Math.min(processor, now - this.#at);
    this.#used = process.cpuUsage();
    this.#at = now;
    if (took > this.longest(this.#doing).took) this.#longest.set(this.#doing, { took, processor });
  }
}
