import { button, note, said } from '../../src/card.ts';
import { actor, refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { list, minute, person, text, typed } from '../../src/text.ts';
import { meant } from '../rules/meant.ts';

interface Facts {
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
  deputies: readonly Derived['deputies'][];
}

/** `/offshoot deputy`: the form to name one in the committee that is meant, or who it is and how to take that back. */
export const deputyPage: Page<Facts> = {
  name: 'deputy',
  needs: (_, moment) => [
    { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
    { as: 'members', rows: 'members', where: { person: actor(moment) } },
    { as: 'deputies', rows: 'deputies', where: { person: actor(moment) } },
  ],
  show(about, { at }, { bodies, members, deputies }) {
    const mine = bodies.filter((body) => members.some((member) => member.body === body.id));
    if (mine.length === 0)
      return refused(
        text`You are in no committee here, so there is nothing to name a deputy for. All committees: /offshoot committee list`,
      );
    const found = about ? meant(about, mine) : mine;
    if (found.length !== 1)
      return refused(
        text`${found.length === 0 ? text`You are in no committee like “${typed(about)}”` : 'Which committee'}? Yours are ${list(mine.slice(0, 12).map((one) => typed(one.name)))}, like: /offshoot deputy ${typed(mine[0]!.name)}`,
      );
    const [body] = found;
    const named = deputies.find((one) => one.flow === body!.id && one.until_at !== null && at < one.until_at);
    if (!named) return { go: { to: body!.id, input: 'deputy' } };
    return {
      title: text`Your deputy in ${typed(body!.name)}`,
      parts: [
        said(text`${person(named.deputy)}, from ${minute(named.from_at!)} until ${minute(named.until_at!)}.`),
        note(text`Your own ballot always goes first. For one vote alone, name a deputy on the vote’s card.`),
      ],
      buttons: [button('Name another', body!.id, 'deputy'), button('Take it back', body!.id, 'no-deputy', { style: 'danger' })],
    };
  },
};
