import { describe, expect, it } from 'vitest';
import { rulePage } from '../../flows/pages/rule.ts';
import { cardInWords, CHAIR, inWords, member, moment } from './given.ts';

const body = { id: 'body/1', name: 'Steering committee', chair: CHAIR, rule: 'majority', quorum: '60 %', casting: 1 } as const;
const other = { ...body, id: 'body/2', name: 'Board', rule: 'at least 3 go', casting: 0 } as const;
const members = [0, 1, 2, 3, 4].flatMap((n) => [
  { body: 'body/1', person: member(n), role: 'member' } as const,
  { body: 'body/2', person: member(n), role: 'member' } as const,
]);

function shown(about: string, bodies: readonly (typeof body | typeof other)[] = [body, other]): string {
  const card = rulePage.show(about, moment(CHAIR), { bodies, members });
  if ('refused' in card) return `refused: ${inWords(card.refused)}`;
  if ('go' in card) throw new Error('leads elsewhere');
  return cardInWords(card);
}

describe('a dry run of a rule', () => {
  it.each([
    ['steering 3 go 1 no-go', 'Met. A must-have'],
    ['steering 2 go, 2 no-go', 'Not met. A must-have with these voices makes NO-GO'],
    ['steering 2 go 2 no-go chair go', 'Met. A must-have'],
    ['steering 2 go 2 no-go and chair no-go', 'Not met.'],
    ['steering 2 go', 'NO QUORUM. Nothing would be decided: one more ballot would make the quorum.'],
    ['steering 2 go 2 recused', 'Met. A must-have'],
    ['steering 1 yes 1 against 1 abstaining', 'Not met.'],
    ['board 2 go 2 no-go chair go', 'Not met.'],
    ['board 3 go', 'Met.'],
  ])('%s → %s', (about, expected) => {
    expect(shown(about)).toContain(expected);
  });

  it('says with which numbers, and what would turn it', () => {
    const card = shown('steering 3 go 1 no-go 1 recused');
    expect(card).toContain('Voices: 3 go, 1 against, 0 abstaining');
    expect(card).toContain('Quorum: 4 of 4 vote, it takes 3');
    expect(card).toContain('Recused: 1, out of the quorum’s base');
    expect(card).toContain('It would turn with one member saying no-go instead.');
    expect(card).toContain('nothing is recorded');
  });

  it('shows what a committee of that size can come to where no voices are given', () => {
    expect(shown('steering')).toContain('With 5 voting and nobody abstaining it takes 3 go.');
    expect(shown('board')).toContain('With 3 voting and nobody abstaining it takes 3 go.');
    expect(shown('', [other])).toContain('The rule of Board');
  });

  it.each([
    ['steering 6 go', 'That is 6 members, but Steering committee has 5.'],
    ['steering 3 go 1 perhaps', '“1 perhaps” could not be read.'],
    ['tax 3 go', 'No committee fits “tax”. There are: Steering committee, Board.'],
    ['3 go', 'Which committee? There are: Steering committee, Board.'],
  ])('refuses “%s” with a sentence', (about, sentence) => {
    expect(shown(about)).toContain(`refused: ${sentence}`);
  });
});
