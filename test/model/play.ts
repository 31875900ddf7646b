import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { body } from '../../flows/body/body.ts';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { decision } from '../../flows/decision/decision.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import { vote } from '../../flows/vote/vote.ts';
import { manualClock } from '../../src/clock.ts';
import { engine } from '../../src/engine.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { InstallationRow } from '../../src/store.ts';
import { timekeeper } from '../../src/timekeeper.ts';
import { silent, START } from '../core/house.ts';
import { type Act, Committee, OPENER, type Terms } from './committee.ts';
import type { Deed, Round, Story } from './story.ts';

/** The product does something else than the model. */
export class Anomaly extends Error {}

// Where there is one, a disk in memory: thousands of commits are flushed here, and no power is lost but by the story.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'offshoot-model-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let plays = 0;
let migrated: Promise<string> | undefined;

/** A store that is migrated once, and copied for each play. */
async function emptyFile(): Promise<string> {
  const empty = join(folder, 'empty.db');
  migrated ??= (async () => {
    const connection = connect(empty);
    await migrate(connection);
    connection.close();
    return empty;
  })();
  const file = join(folder, `${++plays}.db`);
  copyFileSync(await migrated, file);
  return file;
}

/** Plays a story through the engine on a real store, and beside it in the model; rejects with an Anomaly where they differ. */
export async function play({ terms, rounds }: Story): Promise<void> {
  const house = new House(await emptyFile(), terms);
  try {
    await house.furnish();
    for (const round of rounds) await house.round(round);
  } finally {
    await house.close();
    for (const rest of ['', '-wal', '-shm']) rmSync(house.file + rest, { force: true });
  }
}

/** An act that was sent, and whether it had its effect, so that it can be delivered again. */
interface Sent {
  act: Act;
  event: Event;
  took: boolean;
}

const allGo = Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go']));
const ACTS = "input in ('ballot', 'reasons', 'recuse', 'close', 'cancel')";

class House {
  readonly file: string;
  readonly terms: Terms;
  readonly committee: Committee;
  readonly clock = manualClock(START);
  readonly sent: Sent[] = [];
  home!: InstallationRow;
  #rooms!: ReturnType<typeof rooms>;
  #causes = 0;
  #elsewhere = '';

  constructor(file: string, terms: Terms) {
    this.file = file;
    this.terms = terms;
    this.committee = new Committee(terms);
    this.#rooms = rooms(file, this.clock);
  }

  async close(): Promise<void> {
    await this.#rooms.timekeeper.stop();
    await this.#rooms.store.close();
  }

  /** The same vote in two workspaces: what happens in the one must not be seen in the other, though the numbers are the same. */
  async furnish(): Promise<void> {
    const installed = (key: string) =>
      this.#rooms.store.update((tables) => tables.putInstallation({ platform: 'local', key, name: key }, START));
    this.home = await installed('home');
    const other = await installed('other');
    for (const room of [this.home, other]) await this.#openVote(room);
    for (const who of this.committee.members.slice(1)) await this.#do(other, who, 'vote/1', 'ballot', { ...allGo, roi: 'abstain' });
    this.#elsewhere = this.#other();
    this.#compare('at the opening');
  }

  async #openVote(room: InstallationRow): Promise<void> {
    const { members } = this.committee;
    const { quorum, rule, casting, changes, deadline } = this.terms;
    const ruled = {
      ...(rule === 'at least 2 go' ? { rule: 'at least', least: '2' } : { rule }),
      casting: String(casting),
      quorum: 'count' in quorum ? String(quorum.count) : `${quorum.percent} %`,
    };
    await this.#do(room, OPENER, 'initiative', 'open', { name: 'Churn model', owner: OPENER, sponsor: OPENER, channel: 'channel' });
    await this.#do(room, OPENER, 'body', 'open', { name: 'Board', members: members.join(), chair: members[0]!, ...ruled });
    await this.#do(room, OPENER, 'vote', 'open', {
      initiative: 'initiative/1',
      body: 'body/1',
      channel: 'channel',
      deadline: String(deadline / 1000),
      ...ruled,
      changes: String(changes),
      without: 'It was reviewed on paper.',
    });
  }

  async #do(installation: InstallationRow, who: string, to: string, input: string, raw: Record<string, string>): Promise<void> {
    const picked = [...this.committee.members, OPENER, 'channel'];
    const event = this.#event(who, to, input, raw, this.clock.now());
    const reply = await this.#rooms.engine.handle({ ...event, installation, answers: { raw, picked } });
    if (reply.kind !== 'done') throw new Anomaly(`${who} could not ${input} ${to}: ${JSON.stringify(reply)}`);
  }

  #event(who: string, to: string, input: string, raw: Record<string, string>, at: number): Event {
    const by = { user: who, name: who };
    return { cause: `cause ${++this.#causes}`, installation: this.home, by, press: { to, input }, at, answers: { raw } };
  }

  /** Several acts at once: all are sent before any is answered. */
  async round({ before, to, deeds, power }: Round): Promise<void> {
    if (before === 'restart') {
      await this.close();
      this.#rooms = rooms(this.file, this.clock);
    }
    const at = to.kind === 'after' ? this.clock.now() + to.ms : this.terms.deadline + to.ms;
    const sent = deeds.flatMap((deed) => this.#sentBy(deed, at));
    this.#rooms.failOnce(power);
    const replies = await Promise.allSettled(sent.map(({ event }) => this.#rooms.engine.handle(event)));
    this.#rooms.failOnce(false);
    for (const [index, reply] of replies.entries()) this.#answered(sent[index]!, reply, power);
    this.clock.move(Math.max(at, ...sent.map(({ event }) => event.at)));
    await this.#rooms.timekeeper.sweep();
    this.committee.until(this.clock.now());
    this.#compare(`after ${JSON.stringify(sent.map(({ act, event }) => [act, event.at - this.terms.deadline]))}`);
  }

  /** What is delivered again is the same event, received later. */
  #sentBy(deed: Deed, now: number): Sent[] {
    const at = now + deed.skew;
    if (deed.kind === 'again') {
      const known = this.sent[deed.which];
      return known ? [Object.assign(known, { event: { ...known.event, at } })] : [];
    }
    const act = actOf(deed, this.committee.papers.get(deed.who)?.number ?? 0);
    const event = this.#event(act.who, 'vote/1', act.kind, {}, at);
    const seen = act.kind === 'ballot' && act.seen !== undefined ? { seen: act.seen } : {};
    const one: Sent = { act, event: { ...event, answers: { raw: rawOf(act), ...seen } }, took: false };
    this.sent.push(one);
    return [one];
  }

  #answered(one: Sent, reply: PromiseSettledResult<Reply>, power: boolean): void {
    const what = JSON.stringify(one.act);
    if (reply.status === 'rejected') {
      if (power) return;
      throw new Anomaly(`${what} failed: ${String(reply.reason)}`);
    }
    const { kind } = reply.value;
    if (one.took) {
      if (kind !== 'done' && kind !== 'form') throw new Anomaly(`${what} was ${kind} when it came again`);
      return;
    }
    const expected = this.committee.take(one.act, one.event.at);
    one.took = expected !== 'refused';
    if (kind !== expected) throw new Anomaly(`${what} was ${kind}, not ${expected}: ${JSON.stringify(reply.value)}`);
  }

  /** All that can be queried must be as the model has it. */
  #compare(when: string): void {
    const { phase, outcome, closedAt, base, papers, effects } = this.committee;
    const rows = (sql: string) => this.#rooms.rows(sql) as any[];
    const users = new Map(rows('select person, user from identities where workspace = 1').map(({ person, user }) => [person, user]));
    const real = {
      vote: rows('select phase, outcome, closed_at from votes where workspace = 1'),
      base: rows('select person from electors where workspace = 1').map(({ person }) => users.get(person)),
      papers: rows('select * from ballots where workspace = 1').map(({ person, number, choices, draft, cast_at }) => [
        users.get(person),
        { number, choices: two(choices), draft: two(draft), castAt: cast_at },
      ]),
      effects: rows(`select count(*) n from journal where workspace = 1 and flow = 'vote/1' and ${ACTS}`)[0].n,
      decisions: rows('select outcome, decided_at from decisions where workspace = 1'),
    };
    const decided = outcome !== null && outcome !== 'NO QUORUM';
    const expected = {
      vote: [{ phase, outcome, closed_at: closedAt }],
      base,
      papers: [...papers],
      effects,
      decisions: decided ? [{ outcome, decided_at: closedAt }] : [],
    };
    const inOrder = ({ base: members, papers: all, ...rest }: { base: string[]; papers: unknown[]; [key: string]: unknown }) =>
      JSON.stringify([rest, [...members].sort(), all.map((one) => JSON.stringify(one)).sort()]);
    if (inOrder(real) !== inOrder(expected)) throw new Anomaly(`${when}: ${inOrder(real)} instead of ${inOrder(expected)}`);
    if (this.#other() !== this.#elsewhere) throw new Anomaly(`${when}: something happened in another workspace`);
  }

  #other(): string {
    return JSON.stringify([
      this.#rooms.rows('select person, number, choices, draft from ballots where workspace = 2'),
      this.#rooms.rows(`select input from journal where workspace = 2 and ${ACTS}`),
      this.#rooms.rows('select person from electors where workspace = 2'),
    ]);
  }
}

/** The product on its file, as after a start. */
function rooms(file: string, clock: ReturnType<typeof manualClock>) {
  const connection = connect(file);
  const level = connection.pragma('synchronous', { simple: true });
  if (level !== 2) throw new Anomaly(`synchronous is ${String(level)}: a loss of power could take back what was acknowledged`);
  let fails = false;
  // SQLite itself, whose disk may fail at a commit.
  const exec = connection.exec.bind(connection);
  connection.exec = (sql) => {
    if (!fails || sql !== 'COMMIT') return exec(sql);
    fails = false;
    throw new Error('the disk failed at the commit');
  };
  const store = sqliteStore(connection);
  const theEngine = engine({ store, flows: [initiative, body, vote, decision], pages: [], clock, changed: () => {} });
  return {
    store,
    engine: theEngine,
    timekeeper: timekeeper({ store, engine: theEngine, clock, log: silent }),
    failOnce: (does: boolean) => void (fails = does),
    rows: (sql: string): unknown[] => connection.prepare(sql).all(),
  };
}

function two(json: string | null): unknown {
  if (json === null) return null;
  const { roi, debt } = JSON.parse(json) as Record<string, string>;
  return { roi, debt };
}

function actOf(deed: Exclude<Deed, { kind: 'again' }>, number: number): Act {
  if (deed.kind !== 'ballot') return { kind: deed.kind, who: deed.who };
  const { kind, who, roi, debt, form } = deed;
  return { kind, who, roi, debt, ...(form === 'none' ? {} : { seen: form === 'fresh' ? number : Math.max(0, number - 1) }) };
}

function rawOf(act: Act): Record<string, string> {
  switch (act.kind) {
    case 'ballot':
      return { ...allGo, roi: act.roi, debt: act.debt };
    case 'reasons':
      return { roi: 'Too dear', debt: 'Too much' };
    case 'recuse':
    case 'cancel':
      return { reason: 'I built it' };
    case 'close':
      return {};
  }
}
