import { join } from 'node:path';
import { askedIn } from '../../flows/criteria/sets.ts';
import type { DecisionBallot, Derived } from '../record.ts';
import type { Tables, Work } from '../store.ts';

/** One decision as a page of Markdown: `D-0017.md` and what it says. */
export interface Adr {
  file: string;
  text: string;
}

/** How many decisions are read at a time. */
const BATCH = 100;

/** The decisions older than a number, newest first, as records of their own (ADR): status, context, decision, consequences. */
export function* adrs(tables: Tables, workspace: number, before?: number): Work<{ pages: Adr[]; next: number | undefined }> {
  const match = { words: [], exactly: {}, ...(before === undefined ? {} : { before }) };
  const decisions = (yield* tables.rows(workspace, { as: '', rows: 'decisions', match, limit: BATCH })) as Derived['decisions'][];
  const people = new Map((yield* tables.peopleOf(workspace)).map(({ id, name }) => [id as string, name]));
  const pages: Adr[] = [];
  for (const one of decisions) {
    const where = { id: one.vote };
    const [vote] = (yield* tables.rows(workspace, { as: '', rows: 'votes', where })) as Derived['votes'][];
    const conditions = (yield* tables.rows(workspace, { as: '', rows: 'actions', where: { flow: one.id } })) as Derived['actions'][];
    const ballots = (yield* tables.rows(workspace, { as: '', rows: 'decision_ballots', where: { decision: one.id } })) as DecisionBallot[];
    const later = (yield* tables.rows(workspace, { as: '', rows: 'decisions', where: { supersedes: one.id } })) as Derived['decisions'][];
    const body =
      one.body && ((yield* tables.rows(workspace, { as: '', rows: 'bodies', where: { id: one.body } })) as Derived['bodies'][])[0];
    const asked = vote && askedIn(vote);
    const named = (id: string | null): string => inert((id !== null && people.get(id)) || 'somebody');
    pages.push({
      file: fileOf(one.number),
      text: [
        `# D-${one.number} ${one.outcome}: ${inert(one.title)}${one.subject === null ? '' : `, ${inert(one.subject)}`}`,
        `## Status`,
        [one.state, ...later.map(({ number }) => `superseded by [D-${number}](${fileOf(number)})`)].join(', '),
        `## Context`,
        `Decided on ${day(one.decided_at)}${body ? ` by ${inert(body.name)}` : ''}, on the question ${inert(one.question)}${vote ? `, by the rule “${inert(vote.rule)}” in ${vote.openness === 'secret' ? 'a secret' : 'an open'} vote` : ''}.`,
        ...(one.supersedes === null ? [] : [`Supersedes [D-${numberIn(one.supersedes)}](${fileOf(numberIn(one.supersedes))}).`]),
        `## Decision`,
        `**${one.outcome}.** ${inert(one.why)}`,
        `Rationale: ${one.rationale === null ? 'not written.' : inert(one.rationale)}`,
        `## Consequences`,
        conditions.length === 0
          ? 'No conditions.'
          : conditions
              .map(
                ({ title, owner, due, state }) =>
                  `- ${inert(title)}: ${state}${owner ? `, ${named(owner)}` : ''}${due ? `, due ${due}` : ''}`,
              )
              .join('\n'),
        `To be looked at again on ${day(one.review_at)}.`,
        `## Ballots`,
        ballots.length === 0
          ? 'None are shown: the vote was secret, or nothing is kept of it.'
          : ballots
              .map(
                ({ person, criterion, choice, reason }) =>
                  `- ${inert(asked?.get(criterion) ?? criterion)}: ${named(person)} ${inert(choice)}${reason ? `, ${inert(reason)}` : ''}`,
              )
              .join('\n'),
        '',
      ].join('\n\n'),
    });
  }
  return { pages, next: decisions.length === BATCH ? decisions.at(-1)!.number : undefined };
}

export const placeOf = (folder: string, { file }: Adr): string => join(folder, file);

const fileOf = (number: number): string => `D-${String(number).padStart(4, '0')}.md`;
const numberIn = (id: string): number => Number(id.slice(id.indexOf('/') + 1));
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What a person typed as Markdown that shows it letter by letter: no markup, no link, no mention, on one line. */
export const inert = (said: string): string =>
  said
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[!-/:-@[-`{-~]/g, (mark) => (mark === '@' || mark === ':' ? `&#${mark.codePointAt(0)!};` : `\\${mark}`))
    .trim();
