import { describe, expect, it } from 'vitest';
import { bold, inWords, joined, list, person, strong, text, typed } from '../../src/text.ts';

describe('a full stop of ours after what a person typed', () => {
  it.each([
    ['stands where there is none', text`Met: “${typed('Under ten days')}”.`, 'Met: “Under ten days”.'],
    ['falls away after a full stop', text`Met: “${typed('It pays.')}”.`, 'Met: “It pays.”'],
    ['falls away before what follows', text`Met: “${typed('It pays.')}”. It was the last one.`, 'Met: “It pays.” It was the last one.'],
    ['falls away without quotation marks', text`Over: ${typed('a question?')}.`, 'Over: a question?'],
    ['falls away where it is put in later', text`${text`Met: “${typed('Done!')}”`}${text`.`} Next.`, 'Met: “Done!” Next.'],
    ['falls away after what stands out', joined([strong('Wait…'), '.']), 'Wait…'],
    ['stays where a word begins with it', text`${typed('a.')}.md`, 'a..md'],
    ['stays after our own words', text`${bold('No.')}.`, 'No..'],
    ['stays in what a person typed', list([typed('a..'), typed('.')]), 'a.., .'],
  ])('%s', (_, said, words) => {
    expect(inWords(said)).toBe(words);
  });

  it('leaves nothing empty behind', () => {
    expect(text`Over: ${typed('Yes.')}.`).toEqual([
      { kind: 'words', text: 'Over: ' },
      { kind: 'typed', text: 'Yes.' },
    ]);
    expect(text`${person('person/1')}.`).toHaveLength(2);
  });
});
