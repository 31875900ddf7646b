import { readFileSync } from 'node:fs';

/**
 * How long the process keeps everybody else waiting at a time, in milliseconds of processor time: its own, all threads of it. What a
 * busy machine takes away from it is not counted, but what it makes slower is. The other threads are those of the
 * engine: they mark and sweep what is garbage, give its memory back and optimize code, mostly beside the one
 * that answers; in the pauses of a collection it waits for them, and that wait is in no figure of its own time.
 */
export class Turns {
  readonly #longest = new Map<string, number>();
  /** Of the longest turns, what the thread that answers everybody took itself. */
  readonly #answering = new Map<string, number>();
  readonly #ticking: NodeJS.Timeout;
  #doing: string;
  #used = process.cpuUsage();
  #own = ownTime();

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
    const own = this.#answering.get(doing);
    this.#longest.delete(doing);
    const result = await work();
    this.#note();
    const longest = this.#longest.get(doing) ?? 0;
    if (mine !== undefined && mine > longest) {
      this.#longest.set(doing, mine);
      if (own !== undefined) this.#answering.set(doing, own);
    } else this.#longest.set(doing, longest);
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

  /** What of it the thread that answers everybody took itself; undefined where the system does not tell. */
  answering(doing: string): number | undefined {
    return this.#answering.get(doing);
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #note(): void {
    const { user, system } = process.cpuUsage(this.#used);
    this.#used = process.cpuUsage();
    const took = (user + system) / 1_000;
    const before = this.#own;
    this.#own = ownTime();
    if (took <= this.longest(this.#doing)) return;
    this.#longest.set(this.#doing, took);
    if (before !== undefined && this.#own !== undefined) this.#answering.set(this.#doing, this.#own - before);
  }
}

/** Processor time of the main thread in milliseconds, as Linux tells it. */
function ownTime(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [nanoseconds] = readFileSync('/proc/self/schedstat', 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
