import { connect } from '../adapters/store/sqlite.ts';
import { currentSet } from '../flows/criteria/go-no-go.ts';
import { median, rounded } from './figures.ts';
import { committee } from './voters.ts';

const MEMBERS = 50;
const ROUNDS = 5;
const BALLOTS = 1_000;
const choices = Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go']));

/** Durable votes per second through the whole core, against rows per second of the bare driver: alone, and fifty at once. */
export async function durable(print: (line: string) => void): Promise<void> {
  const room = await committee(MEMBERS);
  const bare = bareDriver(`${room.file}.bare`);
  const figures = { alone: [] as number[], together: [] as number[], bareAlone: [] as number[], bareTogether: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    let cause = 0;
    const vote = (member: number) =>
      room.answer(member, 'vote/1', 'ballot', { ...choices, roi: cause % 2 ? 'go' : 'abstain' }, `${round} ${cause++}`);
    const measured = {
      bareAlone: await rate(BALLOTS, () => bare(1)),
      alone: await rate(BALLOTS, () => vote(cause % MEMBERS)),
      bareTogether: await rate(BALLOTS, () => bare(MEMBERS), MEMBERS),
      together: await rate(BALLOTS, () => Promise.all(Array.from({ length: MEMBERS }, (_, member) => vote(member))), MEMBERS),
    };
    // The first round warms up.
    if (round >= 0) for (const key of Object.keys(figures) as (keyof typeof figures)[]) figures[key].push(measured[key]);
  }
  await room.store.close();
  room.remove();
  print(`Durable votes a second (median of ${ROUNDS} rounds; a vote is cause, ballot, state, journal and card; the driver writes one row)`);
  print(
    `  one at a time:   ${rounded(median(figures.alone))}, the bare driver ${rounded(median(figures.bareAlone))}, ratio ${ratio(figures.alone, figures.bareAlone)}`,
  );
  print(
    `  fifty at once:   ${rounded(median(figures.together))}, the bare driver ${rounded(median(figures.bareTogether))}, ratio ${ratio(figures.together, figures.bareTogether)}`,
  );
}

const ratio = (ours: readonly number[], theirs: readonly number[]): string =>
  rounded(median(ours.map((one, index) => one / theirs[index]!)), 2);

async function rate(count: number, act: () => unknown, each = 1): Promise<number> {
  const begun = performance.now();
  for (let done = 0; done < count; done += each) await act();
  return (count / (performance.now() - begun)) * 1_000;
}

/** Writes rows of a ballot's size, so many to a commit. */
function bareDriver(file: string): (rows: number) => void {
  const connection = connect(file);
  connection.exec('create table ballots (id integer primary key, body text)');
  const insert = connection.prepare('insert into ballots (body) values (?)');
  const body = JSON.stringify(choices);
  return connection.transaction((rows: number) => {
    for (let row = 0; row < rows; row++) insert.run(body);
  });
}
