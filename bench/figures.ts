/** The middle one, and the one that a share of all do not exceed. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 50);
}

export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export const rounded = (number: number, digits = 0): string =>
  number.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });
