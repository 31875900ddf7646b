import { type Card, heading, items, note, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { bold, channel, day, list, minute, ping, type Text, text, typed } from '../../src/text.ts';
import { choiceText, type Option, optionText, roundTexts } from '../vote/ranking.ts';
import { matterOf } from '../vote/state.ts';
import { type Decision, nameOf, stateText } from './state.ts';

type Ranked = Decision & { ranking: NonNullable<Decision['ranking']> };

export const isRanked = (decision: Decision): decision is Ranked => decision.ranking !== undefined;

/** Every team that was in the choice hears of it in its own channel, and hears the rationale once there is one; so do the sponsors. */
export function rankingSurfaces(decision: Ranked, id: FlowId): readonly Surface[] {
  const { options } = decision.ranking;
  const sponsors = [...new Set(options.map((one) => one.sponsor))];
  const channels = [...new Set(options.map((one) => one.channel))];
  const at = (place: ChannelId) => options.filter((one) => one.channel === place);
  const of = (sponsor: PersonId) => options.filter((one) => one.sponsor === sponsor);
  return [
    ...sponsors.map((sponsor): Surface => {
      const own = of(sponsor);
      return {
        key: `sponsor ${sponsor}`,
        to: sponsor,
        card: toldCard(decision, id, own, text`You get this as the sponsor of ${namesOf(own)}.`),
        rank: 'result',
      };
    }),
    ...channels
      .filter((place) => place !== decision.channel)
      .map(
        (place): Surface => ({
          key: `team ${place}`,
          to: place,
          card: toldCard(decision, id, at(place), text`Decided in ${channel(decision.channel)}, ${minute(decision.decidedAt)}.`),
          rank: 'result',
        }),
      ),
    ...(decision.rationale
      ? channels.map(
          (place): Surface => ({ key: `rationale ${place}`, to: place, card: rationaleCard(decision, id, at(place)), rank: 'result' }),
        )
      : []),
  ];
}

/** The parts of the record in the place of criteria: what was chosen from, and the count. */
export const rankingParts = ({ ranking: { options, count } }: Ranked): Card['parts'] => [
  said(choiceText(options, count)),
  items(roundTexts(options, count)),
  heading('It was chosen from'),
  items(options.map(optionText)),
];

function toldCard(decision: Ranked, id: FlowId, own: readonly Option[], why: Text): Card {
  const { ranking, rationale, reviewAt, body, supersededBy } = decision;
  return {
    title: text`${bold(`${nameOf(id)} ${stateText(decision)}: `)}${matterOf(decision)}`,
    tone: own.some((one) => one.id === decision.initiative.id) ? 'good' : 'warning',
    parts: [
      ...(supersededBy ? [said(text`${bold(`Superseded by ${nameOf(supersededBy)}.`)}`)] : []),
      said(text`${typed(body)} has chosen. ${choiceText(ranking.options, ranking.count)}`),
      items(roundTexts(ranking.options, ranking.count)),
      said(
        rationale ? text`${bold('Rationale: ')}${typed(rationale.text)}` : text`${bold('Rationale: ')}it follows, as a message of its own.`,
      ),
      note(text`${why} Review: ${day(reviewAt)}.`),
    ],
  };
}

/** A message of its own, for the teams that were not chosen above all. */
function rationaleCard(decision: Ranked, id: FlowId, own: readonly Option[]): Card {
  const owners = [...new Set(own.map((one) => one.owner))];
  return {
    title: text`Why ${nameOf(id)} was decided so: ${matterOf(decision)}`,
    parts: [
      said(text`${list(owners.map(ping))}: ${typed(decision.rationale!.text)}`),
      note(
        text`Written by the chair of ${typed(decision.body)}. The owner of any initiative that was ranked may appeal with new evidence.`,
      ),
    ],
  };
}

const namesOf = (own: readonly Option[]): Text => list(own.map((one) => typed(one.name)));
