import { items } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { person, type Text, text, typed } from '../../src/text.ts';
import type { Vote } from './state.ts';

/** Rosters up to this long stand on the card itself; longer ones continue in its thread. */
export const ROSTER = 30;

/** How many names go into one message of the thread, however long and in whatever script. */
export const NAMES = 60;

/** Who votes and whose ballot is in, in the thread of a vote whose card has no room for them. */
export function rosters(vote: Vote): Surface[] {
  return chunks(vote.electors, NAMES).map((some, index) => ({
    key: `roster-${index + 1}`,
    to: vote.channel,
    under: 'vote',
    card: {
      title: text`Who votes, ${index * NAMES + 1} to ${index * NAMES + some.length}`,
      parts: [items(some.map((one) => text`${person(one)}: ${stateOf(vote, one)}`))],
    },
  }));
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
