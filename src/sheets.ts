import { asked, type Criterion, type Dossier, type Named, TIERS } from './dossier.ts';
import { numberOf } from './id.ts';
import type { Derived } from './record.ts';
import type { Sheet, SheetPart } from './sheet.ts';

/** One decision's record as a document. Days and times are in UTC. */
export function recordSheet(dossier: Dossier, named: Named): Sheet {
  const { decision: one, later, vote, body, review, check, conditions } = dossier;
  return {
    title: `D-${one.number} ${one.outcome}`,
    subtitle: matter(one),
    foot: `D-${one.number} ${one.outcome}: ${matter(one)}`,
    at: one.final_at ?? one.decided_at,
    parts: [
      ...(later.length > 0 ? [said(`Superseded by ${later.map((number) => `D-${number}`).join(', ')}.`)] : []),
      facts([
        ['State', one.state],
        ['Decided', `${minute(one.decided_at)}${body ? ` by ${body.name}` : ''}`],
        ['Question', one.question],
        ...(vote ? [['Vote', `${numberOf(vote.id)}, ${vote.openness === 'secret' ? 'secret' : 'open'}`] as const] : []),
        ...(vote ? [['Rule', vote.rule] as const] : []),
        ...(review
          ? [['Pilot review', `${review.verdict ?? review.recommended ?? 'no verdict'}, ${day(review.decided_at!)}`] as const]
          : []),
        ...(check ? [['Readiness', `${check.met} met, ${check.unmet} not met, ${day(check.finished_at!)}`] as const] : []),
        ...(one.final_at === null ? [] : [['Final', minute(one.final_at)] as const]),
        ['Looked at again', day(one.review_at)],
        ...(one.supersedes === null ? [] : [['Supersedes', `D-${numberOf(one.supersedes)}`] as const]),
        ...dossier.resumed.map(
          ({ person, at, reason }) => ['Opened again', `${minute(at)} by ${named(person)}, after no quorum: ${reason}`] as const,
        ),
        ...(dossier.dissent.length > 0 ? [['Dissent', dossier.dissent.map(named).join(', ')] as const] : []),
      ]),
      heading('Why'),
      ...(one.why ? [said(one.why)] : []),
      said(one.rationale ?? 'not written.', 'Rationale: '),
      ...conditionParts(conditions, named),
      ...(dossier.calibrations.length > 0
        ? [
            heading('What came true'),
            table(
              [
                ['Criterion', 5],
                ['Judged', 1],
                ['Since', 1],
              ],
              dossier.calibrations.map((row) => [row.title, row.predicted, row.actual]),
            ),
          ]
        : []),
      ...(dossier.appeals.length > 0
        ? [
            heading('Appeals'),
            ...dossier.appeals.flatMap((row) => [
              said(row.what, `${named(row.person)}, ${day(row.at)}, ${row.state}: `),
              ...(row.reason ? [said(row.reason, 'The chair: ')] : []),
            ]),
          ]
        : []),
      ...ballotParts(dossier, named),
    ],
  };
}

/** One decision of a log, and what its conditions are. */
export interface Entry {
  decision: Derived['decisions'];
  conditions: readonly Derived['actions'][];
}

/** Many decisions as a document: a table of them, and then what each says. `search` is what was looked for, as it was typed. */
export function logSheet(entries: readonly Entry[], search: string, named: Named): Sheet {
  return {
    title: 'Decisions',
    subtitle: search === '' ? 'all' : search,
    foot: `Decisions: ${search === '' ? 'all' : search}`,
    at: Math.max(0, ...entries.map(({ decision }) => decision.final_at ?? decision.decided_at)),
    parts: [
      table(
        [
          ['No.', 2],
          ['Decided', 2.4],
          ['Outcome', 4],
          ['On', 8],
          ['State', 3],
        ],
        entries.map(({ decision: one }) => [`D-${one.number}`, day(one.decided_at), one.outcome, matter(one), one.state]),
      ),
      heading('In words'),
      ...entries.flatMap(({ decision: one, conditions }): SheetPart[] => [
        { kind: 'subheading', text: `D-${one.number} ${one.outcome}: ${matter(one)}` },
        said(`Decided ${minute(one.decided_at)}, ${one.state}. ${one.why}`.trim()),
        said(one.rationale ?? 'not written.', 'Rationale: '),
        ...(conditions.length > 0 ? [{ kind: 'list' as const, items: conditions.map((row) => conditionText(row, named)) }] : []),
      ]),
    ],
  };
}

function conditionParts(conditions: Dossier['conditions'], named: Named): SheetPart[] {
  if (conditions.length === 0) return [];
  return [
    heading('Conditions'),
    table(
      [
        ['Condition', 8],
        ['Owner', 3],
        ['Due', 2.2],
        ['State', 2.2],
      ],
      conditions.map(({ title, owner, due, state }) => [title, owner ? named(owner) : 'nobody', due ?? '', state]),
    ),
  ];
}

const conditionText = ({ title, owner, due, state }: Derived['actions'], named: Named): string =>
  `${title}: ${state}${owner ? `, ${named(owner)}` : ''}${due ? `, due ${due}` : ''}`;

/** How many criteria stand beside each other; more of them follow below. */
const ACROSS = 15;

/** Who said what, or of a secret vote what the ballot of each receipt says, as a letter in a table; reasons in words. */
function ballotParts({ vote, criteria, ballots, deputies, published, reasons }: Dossier, named: Named): SheetPart[] {
  const isSecret = vote?.openness === 'secret';
  const voters = isSecret
    ? published.map(({ receipt, choices }) => ({ name: receipt, choices }))
    : [...new Set(ballots.map(({ person }) => person))].map((person) => {
        const deputy = deputies.get(person);
        const own = ballots.filter((row) => row.person === person);
        return {
          name: deputy ? `${named(person)} (by ${named(deputy)})` : named(person),
          choices: Object.fromEntries(own.map(({ criterion, choice }) => [criterion, choice])),
        };
      });
  if (voters.length === 0) return isSecret ? [heading('Ballots'), said('The vote was secret, and no ballot was published.')] : [];
  const keys = [...new Set([...criteria.map(({ criterion }) => criterion), ...voters.flatMap(({ choices }) => Object.keys(choices))])];
  const used = new Set(voters.flatMap(({ choices }) => Object.values(choices)));
  const letters = Object.entries(LETTERS).filter(([choice]) => used.has(choice));
  const given = isSecret
    ? reasons.map((row) => ({ ...row, name: '' }))
    : ballots.flatMap(({ person, criterion, choice, reason }) => (reason ? [{ criterion, choice, reason, name: named(person) }] : []));
  return [
    heading('Criteria and counts'),
    countTable(criteria, keys, voters),
    heading(isSecret ? 'Ballots by receipt' : 'Ballots'),
    said(
      `${isSecret ? 'The vote was secret: only its voters know their receipts. ' : ''}Numbers are criteria. ${letters.map(([choice, letter]) => `${letter} ${choice}`).join(', ')}.`,
    ),
    ...chunks(keys, ACROSS).map((some) =>
      table(
        [[isSecret ? 'Receipt' : 'Member', 5], ...some.map((key) => [String(keys.indexOf(key) + 1), 1, true] as const)],
        voters.map(({ name, choices }) => [name, ...some.map((key) => letterOf(choices[key]))]),
      ),
    ),
    ...(given.length > 0
      ? [
          heading('Reasons'),
          table(
            [...(isSecret ? [] : [['Member', 3] as const]), ['Criterion', 4], ['Choice', 2], ['Reason', 9]],
            given.map(({ name, criterion, choice, reason }) => [...(isSecret ? [] : [name]), asked(criteria, criterion), choice, reason]),
          ),
        ]
      : []),
  ];
}

function countTable(
  criteria: readonly Criterion[],
  keys: readonly string[],
  voters: readonly { choices: Readonly<Record<string, string>> }[],
): SheetPart {
  const choices = [...new Set(voters.flatMap((one) => Object.values(one.choices)))].toSorted(
    (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b) || (a < b ? -1 : 1),
  );
  return table(
    [['No.', 1.2], ['Criterion', 9], ['', 3], ...choices.map((choice) => [choice, 1.8, true] as const)],
    keys.map((key, index) => [
      String(index + 1),
      asked(criteria, key),
      TIERS[criteria.find((one) => one.criterion === key)?.tier ?? 'nice'],
      ...choices.map((choice) => String(voters.filter((one) => one.choices[key] === choice).length)),
    ]),
  );
}

const LETTERS: Readonly<Record<string, string>> = { go: 'G', 'no-go': 'N', missing: 'M', 'not seen': 'S', abstain: 'A' };
const ORDER = Object.keys(LETTERS);

/** A place in a ranking stands as it is. */
const letterOf = (choice: string | undefined): string => (choice === undefined ? '–' : (LETTERS[choice] ?? choice));

const matter = ({ title, subject }: Derived['decisions']): string => (subject === null ? title : `${title}, ${subject}`);
const heading = (text: string): SheetPart => ({ kind: 'heading', text });
const said = (text: string, label?: string): SheetPart => ({ kind: 'text', text, ...(label === undefined ? {} : { label }) });
const facts = (rows: readonly (readonly [label: string, value: string])[]): SheetPart =>
  table(
    [
      ['', 2],
      ['', 8],
    ],
    rows,
  );
const table = (
  columns: readonly (readonly [title: string, share: number, middle?: true])[],
  rows: readonly (readonly string[])[],
): SheetPart => ({
  kind: 'table',
  columns: columns.map(([title, share, middle]) => ({ title, share, ...(middle ? { middle } : {}) })),
  rows,
});

const chunks = <Item>(all: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
