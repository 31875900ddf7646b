import { bareItems, type Card, facts, heading, items, note, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, people, person, type Text, text, typed } from '../../src/text.ts';
import type { Derived } from '../../src/record.ts';
import { ACTUAL, cameTrue, predictionText } from './calibration.ts';
import { type Actual, type Calibration, type Decision, type Judged, nameOf, type Objection } from './state.ts';

/** How many objections go into one message of the thread, at their longest. */
const PAGE = 8;

/** How many names of dissenters stand on the card. */
const SOME = 30;

const MARKS: Readonly<Record<Actual, string>> = { 'came true': '✓', 'did not': '✗', unclear: '·' };

const PROVED: Readonly<Record<Actual, string>> = {
  'came true': 'it came true all the same',
  'did not': 'they were right, it did not come true',
  unclear: 'it cannot be said yet',
};

/** Predicted against actual, for each time that it was asked, and what the dissenters had said. */
export function calibrationSurfaces(decision: Decision, id: FlowId): readonly Surface[] {
  return (decision.calibrations ?? []).flatMap((one, index) => {
    const key = `calibration ${index + 1}`;
    const card: Surface = { key, to: decision.channel, card: calibrationCard(decision, id, one) };
    return [card, ...objectionPages(decision, one, key)];
  });
}

function calibrationCard(decision: Decision, id: FlowId, calibration: Calibration): Card {
  const { judged = [], dissent, objections = [] } = decision;
  const lines = (tier: Judged['tier']) => judged.filter((one) => one.tier === tier).map((one) => lineOf(one, calibration));
  const opposed = judged.filter((one) => one.met && one.against > 0);
  return {
    title: text`${bold(`${nameOf(id)}, predicted against actual: `)}${typed(decision.initiative.name)}`,
    parts: [
      ...[true, false].flatMap((met) => scoreText(decision, calibration, met) ?? []).map(said),
      ...(lines('must').length > 0 ? [heading('Must have'), bareItems(lines('must'))] : []),
      ...(lines('should').length > 0 ? [heading('Should have'), bareItems(lines('should'))] : []),
      ...(calibration.figures || calibration.note
        ? [facts(!!calibration.figures && ['Figures', typed(calibration.figures)], !!calibration.note && ['Note', typed(calibration.note)])]
        : []),
      ...(opposed.length > 0 ? [heading('Against what was judged met'), items(opposed.map((one) => opposedText(one, calibration)))] : []),
      ...(dissent.length > 0
        ? [
            said(
              text`${bold('Dissent then: ')}${people(dissent.slice(0, SOME))}${dissent.length > SOME && ` and ${dissent.length - SOME} more`}.${objections.length > 0 && ' Their reasons stand in the thread.'}`,
            ),
          ]
        : []),
      note(text`As ${person(calibration.by)} sees it.`),
    ],
  };
}

/** Of 9 judged met, 7 came true. */
function scoreText(decision: Decision, calibration: Calibration, met: boolean): Text[] | undefined {
  const { of, came, open } = cameTrue(decision, calibration, met);
  if (of === 0) return undefined;
  return [text`Of ${of} judged ${met ? 'met' : 'missing'}, ${came} came true${open > 0 && `, ${open} cannot be said yet`}.`];
}

function lineOf(one: Judged, { actual }: Calibration): Text {
  const what = actual[one.key]!;
  return text`${MARKS[what]} ${typed(one.text)}: judged ${predictionText(one)}. ${ACTUAL[what]}.`;
}

function opposedText(one: Judged, { actual }: Calibration): Text {
  return text`${typed(one.text)}: ${one.against} of ${one.go + one.against} were against, and ${PROVED[actual[one.key]!]}.`;
}

/** What the dissenters gave as reasons, in full, each beside what came of it. */
function objectionPages(
  { objections = [], moreObjections, channel, vote, judged = [] }: Decision,
  { actual }: Calibration,
  under: string,
): Surface[] {
  const count = Math.ceil(objections.length / PAGE);
  const line = ({ person: who, criterion, choice, reason }: Objection) =>
    text`${person(who)}, ${choice} on “${typed(judged.find((one) => one.key === criterion)!.text)}”: ${typed(reason)} (${PROVED[actual[criterion]!]})`;
  return Array.from({ length: count }, (_, page) => ({
    key: `${under} dissent ${page + 1}`,
    to: channel,
    under,
    card: {
      title: text`Dissent then${count > 1 && `, ${page + 1} of ${count}`}`,
      parts: [
        items(objections.slice(page * PAGE, page * PAGE + PAGE).map(line)),
        ...(moreObjections && page === count - 1
          ? [note(text`${moreObjections} more stand in the thread of vote ${numberOf(vote)}.`)]
          : []),
      ],
    },
  }));
}

/** How well a committee foresaw, over all that was looked back on: "of 24 must-haves judged met, 21 came true". */
export function foresightText(rows: readonly Derived['calibrations'][]): Text | undefined {
  const parts = (['must', 'should'] as const).flatMap((tier) =>
    (['met', 'missing'] as const).flatMap((predicted) => {
      const known = rows.filter((row) => row.tier === tier && row.predicted === predicted && row.actual !== 'unclear');
      const came = known.filter((row) => row.actual === 'came true').length;
      return known.length === 0
        ? []
        : [`of ${known.length} ${tier}-have${known.length === 1 ? '' : 's'} judged ${predicted}, ${came} came true`];
    }),
  );
  return parts.length === 0 ? undefined : text`${parts.join('; ')}`;
}
