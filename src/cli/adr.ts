import { join } from 'node:path';
import { asked, decisionsFound, type Dossier, dossierOf, fileName, type Named, namedIn, TIERS } from '../dossier.ts';
import { numberOf } from '../id.ts';
import type { Search } from '../need.ts';
import type { Tables, Work } from '../store.ts';

/** One decision as a page of Markdown: `D-0017.md` and what it says. */
export interface Adr {
  file: string;
  text: string;
}

/** How many decisions are read at a time. */
const BATCH = 100;

/** The decisions found that are older than a number, newest first, as records of their own (ADR): status, context, decision, consequences. */
export function* adrs(
  tables: Tables,
  workspace: number,
  search: Search,
  before?: number,
): Work<{ pages: Adr[]; next: number | undefined }> {
  const match = before === undefined ? search : { ...search, before: Math.min(before, search.before ?? Infinity) };
  const decisions = yield* decisionsFound(tables, workspace, match, BATCH);
  const named = yield* namedIn(tables, workspace);
  const pages: Adr[] = [];
  for (const one of decisions)
    pages.push({ file: fileOf(one.number), text: adrText(yield* dossierOf(tables, workspace, one), (id) => inert(named(id))) });
  return { pages, next: decisions.length === BATCH ? decisions.at(-1)!.number : undefined };
}

export const placeOf = (folder: string, { file }: Adr): string => join(folder, file);

function adrText(dossier: Dossier, named: Named): string {
  const { decision: one, later, vote, body, criteria, review, check, conditions } = dossier;
  const evidence = [
    ...(review ? [`the pilot review of ${day(review.decided_at!)} said ${inert(review.verdict ?? review.recommended ?? 'nothing')}`] : []),
    ...(check ? [`the readiness check of ${day(check.finished_at!)} had ${check.met} items met and ${check.unmet} not met`] : []),
  ];
  return [
    `# D-${one.number} ${one.outcome}: ${inert(one.title)}${one.subject === null ? '' : `, ${inert(one.subject)}`}`,
    `## Status`,
    [one.state, ...later.map((number) => `superseded by [D-${number}](${fileOf(number)})`)].join(', '),
    `## Context`,
    `Decided on ${day(one.decided_at)}${body ? ` by ${inert(body.name)}` : ''}, on the question ${inert(one.question)}${vote ? `, by the rule “${inert(vote.rule)}” in ${vote.openness === 'secret' ? 'a secret' : 'an open'} vote` : ''}.`,
    ...dossier.resumed.map(
      ({ person, at, reason }) => `Its vote was opened again on ${day(at)} by ${named(person)}, after no quorum: ${inert(reason)}`,
    ),
    ...(evidence.length > 0 ? [`Before it lay: ${evidence.join('; ')}.`] : []),
    ...(one.supersedes === null ? [] : [`Supersedes [D-${numberOf(one.supersedes)}](${fileOf(numberOf(one.supersedes))}).`]),
    ...(criteria.length > 0 ? [criteria.map(({ tier, text }) => `- ${inert(text)} (${TIERS[tier]})`).join('\n')] : []),
    `## Decision`,
    `**${one.outcome}.** ${inert(one.why)}`,
    `Rationale: ${one.rationale === null ? 'not written.' : inert(one.rationale)}`,
    ...(dossier.dissent.length > 0 ? [`Dissent: ${dossier.dissent.map(named).join(', ')}.`] : []),
    `## Consequences`,
    conditions.length === 0
      ? 'No conditions.'
      : conditions
          .map(
            ({ title, owner, due, state }) => `- ${inert(title)}: ${state}${owner ? `, ${named(owner)}` : ''}${due ? `, due ${due}` : ''}`,
          )
          .join('\n'),
    `To be looked at again on ${day(one.review_at)}.`,
    ...(dossier.calibrations.length > 0
      ? [dossier.calibrations.map((row) => `- ${inert(row.title)}: judged ${row.predicted}, ${row.actual}`).join('\n')]
      : []),
    ...(dossier.appeals.length > 0
      ? [
          dossier.appeals
            .map(
              (row) => `- Appeal of ${day(row.at)} by ${named(row.person)}, ${row.state}: ${inert([row.what, row.reason ?? ''].join(' '))}`,
            )
            .join('\n'),
        ]
      : []),
    `## Ballots`,
    ballotText(dossier, named),
    '',
  ].join('\n\n');
}

function ballotText({ vote, criteria, ballots, published, reasons }: Dossier, named: Named): string {
  const said = (criterion: string, choice: string) => `${inert(asked(criteria, criterion))} ${inert(choice)}`;
  if (vote?.openness === 'secret')
    return [
      'The vote was secret: ballots stand under receipts that only their voters know.',
      published
        .map(
          ({ receipt, choices }) =>
            `- ${receipt}: ${Object.entries(choices)
              .map(([key, choice]) => said(key, choice))
              .join('; ')}`,
        )
        .join('\n'),
      reasons.map(({ criterion, choice, reason }) => `- ${said(criterion, choice)}: ${inert(reason)}`).join('\n'),
    ]
      .filter(Boolean)
      .join('\n\n');
  if (ballots.length === 0) return 'None are kept.';
  return ballots
    .map(
      ({ person, criterion, choice, reason }) =>
        `- ${inert(asked(criteria, criterion))}: ${named(person)} ${inert(choice)}${reason ? `, ${inert(reason)}` : ''}`,
    )
    .join('\n');
}

const fileOf = (number: number): string => `${fileName(number)}.md`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What a person typed as Markdown that shows it letter by letter: no markup, no link, no mention, on one line. */
export const inert = (said: string): string =>
  said
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[!-/:-@[-`{-~]/g, (mark) => (mark === '@' || mark === ':' ? `&#${mark.codePointAt(0)!};` : `\\${mark}`))
    .trim();
