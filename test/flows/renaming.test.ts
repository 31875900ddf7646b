import { describe, expect, it } from 'vitest';
import { Clash, renamed, renamedIn } from '../../src/renaming.ts';
import { samples, USUAL } from '../golden/samples.ts';

describe('one person in the place of another', () => {
  it('is who is meant wherever a state names the other, and nowhere else', () => {
    const state = {
      chair: 'person/7',
      members: ['person/1', 'person/7', 'person/70'],
      by: { 'person/7': 2 },
      said: [{ person: 'person/7' }],
      note: 'ask person/7',
    };
    expect(renamed(state, 'person/7', 'person/3')).toEqual({
      chair: 'person/3',
      members: ['person/1', 'person/3', 'person/70'],
      by: { 'person/3': 2 },
      said: [{ person: 'person/3' }],
      note: 'ask person/7',
    });
  });

  it('is once in a list that names both', () => {
    expect(renamed(['person/3', 'person/7', 'person/1'], 'person/7', 'person/3')).toEqual(['person/3', 'person/1']);
    expect(renamed(['x', 'x', 'person/1'], 'person/7', 'person/3')).toEqual(['x', 'x', 'person/1']);
  });

  it('cannot have what each of the two has by their own name', () => {
    expect(() => renamed({ scores: { 'person/3': 4, 'person/7': 5 } }, 'person/7', 'person/3')).toThrow(Clash);
  });

  it('is meant by the word of a key, not by the beginning of another', () => {
    expect(renamedIn('deputy person/7 of person/71 5', 'person/7', 'person/3')).toBe('deputy person/3 of person/71 5');
  });

  const { states } = samples(USUAL);

  it.each([...states])('%s: what follows from a state follows from it with another name alike', (_, { flow, state, id }) => {
    const people = new Set(JSON.stringify(state).match(/(?<=")person\/\d+(?=")/g));
    const follows = (of: unknown) => JSON.stringify([flow.surfaces(of, id), flow.timers(of, id), flow.records(of, id)]);
    for (const one of people)
      expect(follows(renamed(state, one, 'person/4711'))).toBe(follows(state).replaceAll(new RegExp(`${one}(?!\\d)`, 'g'), 'person/4711'));
  });
});
