import { describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';

describe('the model finds a planted bug', () => {
  it.each(Object.keys(BUGS).map((name, index) => [name, index] as const))('%s', async (_, index) => {
    const { run } = (await import(`./run.ts?planted=${index}`)) as typeof import('./run.ts');
    const found = await run(7, 120, true).then(
      () => undefined,
      (fault: Error) => (fault.cause as Error | undefined)?.constructor.name ?? String(fault),
    );
    expect(found).toBe('Anomaly');
  });
});
