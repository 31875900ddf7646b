import { describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';

describe('the model finds a planted bug', () => {
  it.each(Object.keys(BUGS).map((name, index) => [name, index] as const))('%s', async (_, index) => {
    const planted = `${import.meta.dirname}/run.ts?planted=${index}`;
    const { run } = (await import(/* @vite-ignore */ planted)) as typeof import('./run.ts');
    const found = await run(7, 800, true).then(
      () => undefined,
      (fault: Error) => (fault.cause as Error | undefined)?.constructor.name ?? String(fault),
    );
    expect(found).toBe('Anomaly');
  });
});
