import { expect, it } from 'vitest';
import { hung } from '../../adapters/teams/wall.ts';
import { readConfig } from '../../src/config.ts';
import { cardOf } from './shown.ts';
import { USUAL } from './samples.ts';

it.each([
  ['https://offshoot.example.com', 'https://offshoot.example.com/pictures/x.png'],
  ['https://offshoot.example.com/', 'https://offshoot.example.com/pictures/x.png'],
  ['https://example.com/offshoot', 'https://example.com/offshoot/pictures/x.png'],
  ['https://example.com/offshoot/', 'https://example.com/offshoot/pictures/x.png'],
])('a house that is reached at %s has its pictures at %s', async (address, expected) => {
  const exhibition = { hang: async () => () => '/pictures/x.png' };
  const frame = await hung({ exhibition, address: () => address, config: readConfig({}) }, 1, cardOf(USUAL.matrix));
  expect(frame(USUAL.matrix)).toBe(expected);
});
