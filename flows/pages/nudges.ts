import { button, type Card, note, type Part, said } from '../../src/card.ts';
import { actor } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, text, words } from '../../src/text.ts';
import { type NudgeKind, NUDGES } from '../mute/nudge.ts';

/** `/offshoot mute`: the kinds of nudges, and which of them the reader has muted. */
export const nudges: Page<{ mutes: readonly Derived['mutes'][] }> = {
  name: 'nudges',
  needs: (_, moment) => [{ as: 'mutes', rows: 'mutes', where: { person: actor(moment) } }],
  show: (_, __, { mutes }): Card => ({
    title: words('Your nudges'),
    parts: [
      ...(Object.keys(NUDGES) as NudgeKind[]).flatMap((kind) =>
        kindParts(
          kind,
          mutes.find((one) => one.kind === kind),
        ),
      ),
      note(
        text`Only your own nudges are muted, and what waits for you stands under /offshoot all the same. What first asks something of you comes in any case; so do outcomes, and word that somebody else is late.`,
      ),
    ],
  }),
};

function kindParts(kind: NudgeKind, muted: Derived['mutes'] | undefined): Part[] {
  const { name, of } = NUDGES[kind];
  return [
    said(text`${bold(name)}${muted && text`, muted since ${day(muted.at)}`}: ${of}`),
    { kind: 'buttons', buttons: [muted ? button('Unmute', muted.id, 'unmute') : button('Mute', 'mute', 'open', { about: kind })] },
  ];
}
