import { button, type Card, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { bold, minute, person, type Text, text, typed, words } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { type Digest, type Missing, undeputed } from './state.ts';

/** How many ballots are listed with a button; a message takes no more. */
const MOST = 12;

/** The message of the latest day, as long as something of it is missing. A new day is a new message. */
export const digestSurfaces = (digest: Digest): readonly Surface[] =>
  digest.sent && digest.missing.length > 0
    ? [nudgeOf('ballots', { key: `digest ${digest.sent.day}`, to: digest.person, card: digestCard(digest) })]
    : [];

function digestCard(digest: Digest): Card {
  const { missing } = digest;
  return {
    title: titleOf(digest),
    parts: [
      ...offerParts(digest),
      ...missing.slice(0, MOST).flatMap((one) => ballotParts(one, digest)),
      ...(missing.length > MOST ? [said(text`And ${missing.length - MOST} more, which close later: /offshoot`)] : []),
      note(
        text`You get this because a ballot is missing that you may give, and its vote closes soon or you are away. It comes once a day at most, by day where you are, and goes away with the last ballot.`,
      ),
    ],
  };
}

/** Only ever an offer: nobody gets a deputy by a status. */
function offerParts(digest: Digest): Part[] {
  if (undeputed(digest).length === 0) return [];
  const { until } = digest.away!;
  return [
    said(
      text`Your status says that you are away${until !== undefined && text` until ${minute(until)}`}. If somebody else is to vote for you, name a deputy: for one vote with its button, for a time with ${words('/offshoot deputy')}`,
    ),
  ];
}

function titleOf({ person: reader, missing }: Digest): Text {
  if (missing.length > 1) return text`${missing.length} ballots are missing`;
  return missing[0]!.elector === reader ? text`Your ballot is missing` : text`A ballot is missing`;
}

function ballotParts(one: Missing, digest: Digest): Part[] {
  const { vote, elector, title, committee, deadline } = one;
  const { person: reader } = digest;
  const isOwn = elector === reader;
  return [
    said(
      text`${bold(isOwn ? 'Your ballot' : 'A ballot')}${!isOwn && text` for ${person(elector)}, whose deputy you are,`} on ${typed(title)}, in ${typed(committee)}, until ${minute(deadline)}`,
    ),
    {
      kind: 'buttons',
      buttons: [
        button('Vote', vote, 'ballot', { style: 'primary', ...(isOwn ? {} : { about: elector }) }),
        ...(undeputed(digest).includes(one) ? [button('Name a deputy', vote, 'deputy')] : []),
      ],
    },
  ];
}
