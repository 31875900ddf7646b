import { setTimeout as pause } from 'node:timers/promises';
import { currentSet } from '../flows/criteria/go-no-go.ts';
import { Budget } from '../src/budget.ts';
import { type Courier, courier } from '../src/courier.ts';
import { timekeeper } from '../src/timekeeper.ts';
import { percentile, rounded } from './figures.ts';
import { silent } from './herd.ts';
import { limited } from './limit.ts';
import { platform } from './platform.ts';
import { Turns } from './turns.ts';
import { type Committee, committee } from './voters.ts';

const MEMBERS = 500;
const FEW = 40;
/** No step may keep the process from anything else for longer, in milliseconds. */
const LONGEST = 50;
/** Between two ballots: the whole assembly votes within half a minute. */
const PACE = 40;
/** Every so many is against three criteria and says why. */
const AGAINST = 10;
const DAY = 86_400_000;
/** By then everything has to be handed on. */
const PATIENCE = 300_000;

/**
 * Votes of 500 members, from the setting up of the committee to the last message, with the courier at work beside them. A small one of
 * either kind goes before: a process that has just started still compiles what it does for the first time, and sweeps up after its start.
 */
export async function assembly(print: (line: string) => void): Promise<void> {
  for (const members of [FEW, MEMBERS]) {
    await held(members, 'slack', 'open', print);
    await held(members, 'teams', 'secret', print);
  }
}

async function held(members: number, on: 'slack' | 'teams', openness: 'open' | 'secret', print: (line: string) => void): Promise<void> {
  const turns = new Turns('setting the bench up');
  let carrier: Courier | undefined;
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const longest = async <Result>(doing: string, work: () => Promise<Result>) => (await turns.of(doing, work)).result;
  const room = await committee(members - 1, { platform: on, openness, now, changed: (one) => carrier?.wake(one), during: longest });
  const { store } = room;
  const there = platform(on, store, room.installation);
  const served = new Map([[room.installation.id, room.installation]]);
  carrier = courier({ store, messengers: [there.messenger], installations: () => served, log: silent, budget: new Budget() });
  const keeper = timekeeper({ store, engine: room.engine, clock: { now }, log: silent });
  turns.from('deliveries');
  carrier.wake();

  const ballots: number[] = [];
  const cast = async (member: number): Promise<void> => {
    for (const [input, raw] of ballotOf(member, openness)) {
      const { result, longest: took } = await turns.of('a ballot', () => room.answer(member, 'vote/1', input, raw, `${input} ${member}`));
      if (result.kind !== 'done' && result.kind !== 'form') throw new Error(`ballot ${member} was answered with ${result.kind}`);
      ballots.push(took);
    }
    await pause(PACE);
  };
  const half = members / 2;
  for (let member = 0; member < half; member++) await cast(member);
  await longest('a member recuses', () => room.answer(half, 'vote/1', 'recuse', { reason: 'It is my own.' }, 'recusal'));
  await longest('the chair nudges', () => room.answer(0, 'vote/1', 'prompt', {}, 'prompt'));
  // A day before the deadline.
  ahead = 2 * DAY;
  await longest('the clock nudges', () => keeper.sweep());
  for (let member = half + 1; member < members - 1; member++) await cast(member);
  await longest('the last ballot closes it', async () => await room.answer(members - 1, 'vote/1', 'ballot', allGo, 'last'));
  await longest('the decision and the thread', () => keeper.sweep());
  await settled(room, carrier);
  const { owed, held: stuck } = await store.look((tables) => tables.health(now()));
  const surfaces = await store.look((tables) => tables.surfacesOf(room.installation.workspace, 'vote/1'));
  const lost = surfaces.filter((one) => one.retired === 0 && (one.message === null || !there.there.has(one.message)));

  print(
    `\nA vote of ${members} members, ${openness}, on ${on === 'slack' ? 'Slack' : 'Teams'}: the longest turn of the process, ${on}’s own rendering and deliveries beside it included`,
  );
  for (const doing of STEPS) {
    const { took, processor } = turns.longest(doing);
    const more = doing === 'a ballot' ? `, median ${rounded(percentile(ballots, 50), 1)}, p99 ${rounded(percentile(ballots, 99), 1)}` : '';
    print(
      `  ${`${doing}:`.padEnd(29)} ${rounded(took, 1)} ms, all threads ${rounded(processor, 1)}${more}${limited(`${on}, ${members} members, ${doing}`, took, LONGEST)}`,
    );
  }
  const said = Object.entries(there.calls).map(([call, count]) => `${count} × ${call}`);
  print(`  handed on:                    ${said.join(', ')}; at most ${there.busiest()} in one conversation within a second`);
  print(`  refused for a budget (429):   ${there.refused()}${limited(`${on}, ${members} members, refusals`, there.refused(), 0, '')}`);
  print(
    `  owed, held or lost at last:   ${owed + stuck + lost.length}${limited(`${on}, ${members} members, lost`, owed + stuck + lost.length, 0, '')}`,
  );
  turns.stop();
  await keeper.stop();
  await carrier.stop();
  await store.close();
  room.remove();
}

const STEPS = [
  'the committee is set up',
  'the vote opens',
  'a ballot',
  'a member recuses',
  'the chair nudges',
  'the clock nudges',
  'the last ballot closes it',
  'the decision and the thread',
  'deliveries',
];

const { criteria } = currentSet;
const allGo: Readonly<Record<string, string>> = Object.fromEntries(criteria.map(({ key }) => [key, 'go']));

/** The forms that a member sends: one, or for who is against something in an open vote a second one with the reasons. */
function ballotOf(member: number, openness: 'open' | 'secret'): [input: string, raw: Record<string, string>][] {
  if (member % AGAINST !== 0) return [['ballot', allGo]];
  const missed = criteria.filter(({ tier }) => tier === 'should').slice(0, 3);
  const choices = { ...allGo, ...Object.fromEntries(missed.map(({ key }) => [key, 'missing'])) };
  const reasons = (before: string) =>
    Object.fromEntries(
      missed.map(({ key }) => [`${before}${key}`, `Member ${member} saw too little of it, since the figures of May are missing.`]),
    );
  return openness === 'secret'
    ? [['ballot', { ...choices, ...reasons('reason-') }]]
    : [
        ['ballot', choices],
        ['reasons', reasons('')],
      ];
}

/** What waits for a budget is waited for as well. */
async function settled({ store }: Committee, carrier: Courier): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const { owed } = await store.look((tables) => tables.health(Date.now()));
    if (owed === 0 || Date.now() > until) return;
    carrier.wake();
    await pause(250);
  }
}
