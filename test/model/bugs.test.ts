import { beforeAll, describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';
import { prepare } from './play.ts';

beforeAll(prepare);

describe('the model finds a planted bug', () => {
  it.each(Object.keys(BUGS).map((name, index) => [name, index] as const))('%s', async (name, index) => {
    const planted = `${import.meta.dirname}/run.ts?planted=${index}`;
    const { run } = (await import(/* @vite-ignore */ planted)) as typeof import('./run.ts');
    const found = await run(7, 600, { first: true, theme: BUGS[name]!.theme }).then(
      () => undefined,
      (fault: Error) => (fault.cause as Error | undefined)?.constructor.name ?? String(fault),
    );
    expect(found).toBe('Anomaly');
  });
});
