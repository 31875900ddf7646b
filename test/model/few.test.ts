import { it } from 'vitest';
import { run } from './run.ts';

it('a few votes through the real engine on the real store are as the model has them', () => run(4, 20));
