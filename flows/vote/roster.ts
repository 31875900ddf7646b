import { items } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { person, type Text, text, typed } from '../../src/text.ts';
import type { Vote } from './state.ts';

/** Rosters up to this long stand on the card itself; longer ones continue in its thread. */
export const ROSTER = 30;

/** How many names go into one message of the thread, however long and in whatever script. */
export const NAMES = 60;

/**
 * Rosters by what they say, the latest of them. A ballot changes one of many, and each step derives them from the vote before it and from
 * the vote after it: the others are not written again, and what is the very same needs no comparing.
 */
const written = new Map<string, Surface>();
const MOST = 100;

/** Who votes and whose ballot is in, in the thread of a vote whose card has no room for them. */
export function rosters(vote: Vote): Surface[] {
  const wordOf = wordsIn(vote);
  return chunks(vote.electors, NAMES).map((some, index) => {
    const says = JSON.stringify([vote.channel, index, some, some.map(wordOf)]);
    let surface = written.get(says);
    if (!surface) {
      surface = roster(vote, some, index);
      if (written.size >= MOST) written.clear();
      written.set(says, surface);
    }
    return surface;
  });
}

const roster = (vote: Vote, some: readonly PersonId[], index: number): Surface => ({
  key: `roster-${index + 1}`,
  to: vote.channel,
  under: 'vote',
  card: {
    title: text`Who votes, ${index * NAMES + 1} to ${index * NAMES + some.length}`,
    parts: [items(some.map((one) => text`${person(one)}: ${stateOf(vote, one)}`))],
  },
});

/** In one word what there is to say of an elector, so that two rosters can be told apart without writing them. */
function wordsIn(vote: Vote): (one: PersonId) => string {
  const said = new Map<PersonId, string>(vote.voted.map((one) => [one, 'voted']));
  for (const { person: one, deputy } of vote.byDeputy ?? []) said.set(one, `${said.get(one) ?? ''} by ${deputy}`);
  for (const { person: one, reason } of vote.recused) said.set(one, `recused ${reason}`);
  return (one) => said.get(one) ?? '';
}

function stateOf(vote: Vote, one: PersonId): Text {
  const recusal = vote.recused.find((recused) => recused.person === one);
  if (recusal) return text`recused (${typed(recusal.reason)})`;
  const cast = vote.byDeputy?.find((by) => by.person === one);
  return text`${vote.voted.includes(one) ? 'voted' : 'not yet'}${cast && text` (by ${person(cast.deputy)} as deputy)`}`;
}

/** Somebody whose ballot is missing, with who may give it. */
export function waitingFor(vote: Vote, one: PersonId): Text {
  const deputy = vote.deputies?.find((named) => named.person === one)?.deputy;
  return text`${person(one)}${deputy && text` (deputy: ${person(deputy)})`}`;
}

/** So many at a time. */
export function chunks<Item>(all: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
