/** What a figure has to keep. A bench that broke one says so where the figure stands and at its end, and leaves with a fault. */
const broken: string[] = [];

/** ` (limit 50 ms)`, or ` BROKEN (limit 50 ms)`. */
export function limited(what: string, figure: number, limit: number, unit = ' ms'): string {
  if (figure <= limit) return ` (limit ${limit}${unit})`;
  broken.push(`${what}: ${figure.toFixed(1)}${unit}, the limit is ${limit}${unit}`);
  process.exitCode = 1;
  return ` BROKEN (limit ${limit}${unit})`;
}

export const brokenLimits = (): readonly string[] => broken;
