import { button, type Card, facts, heading, items, note, type Part, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import { type FlowId, numberOf, type PersonId } from '../../src/id.ts';
import type { Page } from '../../src/page.ts';
import type { DecisionBallot } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, list, minute, people, person, type Text, text, typed } from '../../src/text.ts';

interface Facts {
  found: readonly Derived['decisions'][];
  later: readonly Derived['decisions'][];
  conditions: readonly Derived['actions'][];
  ballots: readonly DecisionBallot[];
  votes: readonly Derived['votes'][];
  bodies: readonly Derived['bodies'][];
  reviews: readonly Derived['reviews'][];
  checks: readonly Derived['readiness_checks'][];
  resumed?: readonly Derived['vote_reopenings'][];
}

/** About so many characters stand on one page of a record, and so many of its lines. */
const SPACE = 4_000;
const LINES = 25;

/** How many choices are read: 500 members and 15 criteria. */
const CHOICES = 7_500;

/** One decision in full, a page at a time; its address is `decision/17 initiative/3 2`. */
export const record: Page<Facts> = {
  name: 'record',
  needs(about) {
    const { id, initiative } = placeIn(about);
    return [
      { as: 'found', rows: 'decisions', where: { id } },
      { as: 'later', rows: 'decisions', where: { supersedes: id } },
      { as: 'conditions', rows: 'actions', where: { flow: id } },
      { as: 'ballots', rows: 'decision_ballots', where: { decision: id }, order: ['place', 'asc'], limit: CHOICES },
      { as: 'votes', rows: 'votes', where: { initiative } },
      { as: 'resumed', rows: 'vote_reopenings', where: { initiative } },
      { as: 'bodies', rows: 'bodies' },
      { as: 'reviews', rows: 'reviews', where: { initiative, state: 'posted' }, order: ['decided_at', 'desc'] },
      { as: 'checks', rows: 'readiness_checks', where: { initiative, state: 'done' }, order: ['finished_at', 'desc'] },
    ];
  },
  show(about, _, found) {
    const { id, initiative, page } = placeIn(about);
    const [one] = found.found;
    if (!one || one.initiative !== initiative) return refused(text`There is no such decision. All of them: /decisions`);
    return card(one, found, `${id} ${initiative}`, page);
  },
};

function placeIn(about: string): { id: FlowId; initiative: FlowId; page: number } {
  const [, id = 'decision/0', initiative = 'initiative/0', page = '1'] =
    /^(decision\/\d{1,9}) (initiative\/\d{1,9})(?: (\d{1,4}))?$/.exec(about) ?? [];
  return { id: id as FlowId, initiative: initiative as FlowId, page: Number(page) };
}

function card(one: Derived['decisions'], found: Facts, place: string, page: number): Card {
  const pages = paged(partsOf(one, found));
  const at = Math.min(Math.max(page, 1), pages.length);
  const turns = [
    ...(at > 1 ? [button('Back', 'record', 'show', { about: `${place} ${at - 1}` })] : []),
    ...(at < pages.length ? [button('Read on', 'record', 'show', { about: `${place} ${at + 1}`, style: 'primary' })] : []),
  ];
  return {
    title: text`${bold(`D-${one.number} ${one.outcome}: `)}${typed(one.title)}`,
    tone: one.outcome === 'GO' || one.outcome === 'CHOSEN' ? 'good' : one.outcome === 'NO-GO' ? 'bad' : 'warning',
    parts: [...pages[at - 1]!, ...(pages.length > 1 ? [note(text`Page ${at} of ${pages.length}`)] : [])],
    buttons: [...turns, button('As PDF', 'paper', 'open', { about: one.id })],
  };
}

function partsOf(one: Derived['decisions'], { later, conditions, ballots, votes, bodies, reviews, checks, resumed = [] }: Facts): Part[] {
  const vote = votes.find((row) => row.id === one.vote);
  const body = bodies.find((row) => row.id === one.body);
  const opened = vote?.opened_at ?? one.decided_at;
  const review = reviews.find((row) => (row.decided_at ?? Infinity) <= opened);
  const check = checks.find((row) => (row.finished_at ?? Infinity) <= one.decided_at);
  const dissent = JSON.parse(one.dissent) as PersonId[];
  return [
    ...(later.length > 0 ? [said(text`${bold('Superseded by ')}${list(later.map((row) => text`D-${row.number}`))}.`)] : []),
    ...(one.why ? [said(typed(one.why))] : []),
    said(one.rationale ? text`${bold('Rationale: ')}${typed(one.rationale)}` : text`${bold('Rationale: ')}not written.`),
    facts(
      ['State', text`${one.state}`],
      one.subject !== null && ['Asked', typed(one.subject)],
      ['Decided', text`${minute(one.decided_at)}${body && text` by ${typed(body.name)}`}`],
      !!vote && ['Rule', typed(vote.rule)],
      !!review && ['Pilot review', text`${review.verdict ?? review.recommended ?? 'no verdict'}, ${day(review.decided_at!)}`],
      !!check && ['Readiness', text`${check.met} met, ${check.unmet} not met, ${day(check.finished_at!)}`],
      one.final_at !== null && ['Final', minute(one.final_at)],
      ['Review', day(one.review_at)],
      one.supersedes !== null && ['Supersedes', text`D-${numberOf(one.supersedes)}`],
    ),
    ...resumed.filter((row) => row.vote === one.vote).map(resumptionText),
    ...(dissent.length > 0 ? [said(text`${bold('Dissent: ')}${people(dissent)}`)] : []),
    ...(conditions.length > 0 ? [heading('Conditions'), ...conditions.map((row) => items([conditionText(row)]))] : []),
    ...(vote ? ballotParts(one, vote, ballots) : []),
  ];
}

const resumptionText = ({ person: by, at, closed_at, reason }: Derived['vote_reopenings']): Part =>
  said(text`${bold('Opened again')} by ${person(by)}, ${minute(at)}, after no quorum, ${minute(closed_at)}: ${typed(reason)}`);

const conditionText = ({ title, owner, due, state }: Derived['actions']): Text =>
  text`${typed(title)}: ${state}${owner && text`, ${person(owner)}`}${due && `, due ${due}`}`;

/** Who chose what, with reasons, where the vote was open; of a secret one only what its result said. */
function ballotParts({ vote: id }: Derived['decisions'], vote: Derived['votes'], rows: readonly DecisionBallot[]): Part[] {
  if (vote.openness === 'secret')
    return [
      heading('Ballots'),
      said(text`The vote was secret: nobody’s choice is kept with a name. Its counts stand with the result of vote ${numberOf(id)}.`),
    ];
  if (rows.length === 0) return [];
  const criteria = [...new Set(rows.map((row) => row.criterion))];
  return [
    heading('Ballots'),
    ...criteria.flatMap((key) => {
      const cast = rows.filter((row) => row.criterion === key);
      const choices = [...new Set(cast.map((row) => row.choice))];
      // A criterion may be a workspace's own, typed by a person.
      const asked = typed(cast[0]!.text ?? key);
      const reasons = cast.filter((row) => row.reason);
      return [
        ...choices.flatMap((choice) => {
          const who = cast.filter((row) => row.choice === choice).map((row) => row.person);
          return groups(who).map((some) => said(text`${asked}: ${choice} ${people(some)}`));
        }),
        ...reasons.map((row) => items([text`${person(row.person)}, ${row.choice}: ${typed(row.reason!)}`])),
      ];
    }),
  ];
}

/** How many names stand in one line. */
const NAMES = 40;

const groups = (who: readonly PersonId[]): PersonId[][] =>
  Array.from({ length: Math.ceil(who.length / NAMES) }, (_, index) => who.slice(index * NAMES, (index + 1) * NAMES));

/** The parts on as many pages as they take; none is cut. */
function paged(parts: readonly Part[]): Part[][] {
  const pages: Part[][] = [[]];
  let length = 0;
  for (const part of parts) {
    const size = JSON.stringify(part).length / 2;
    if (pages.at(-1)!.length > 0 && (length + size > SPACE || pages.at(-1)!.length >= LINES)) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)!.push(part);
    length += size;
  }
  return pages;
}
