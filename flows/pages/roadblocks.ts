import { button, type Card, note, type Part, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { list, text, typed } from '../../src/text.ts';
import { roadblockLine } from '../roadblock/cards.ts';
import { folded, meant } from '../rules/meant.ts';

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  roadblocks: readonly Derived['roadblocks'][];
}

const MOST = 20;

/** `/offshoot roadblock churn`: the form to name one. `churn list`, or `list`, shows those that are not resolved, with their buttons. */
export const roadblocks: Page<Facts> = {
  name: 'roadblocks',
  needs: () => [
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
    { as: 'roadblocks', rows: 'roadblocks', where: { state: ['open', 'accepted'] }, order: ['raised_at', 'desc'], limit: 200 },
  ],
  show(about, _, { initiatives, roadblocks: all }) {
    const [, name] = /^(.*?)\s*\blist$/i.exec(about) ?? [];
    if (name === undefined) return { go: { to: 'roadblock', input: 'open', ...(about ? { about } : {}) } };
    if (folded(name) === '') return listed(all, initiatives);
    const found = meant(name, initiatives);
    if (found.length === 1)
      return listed(
        all.filter((one) => one.initiative === found[0]!.id),
        found,
      );
    const names = list((found.length > 0 ? found : initiatives).slice(0, 12).map((one) => typed(one.name)));
    return refused(
      found.length > 1
        ? text`“${typed(name)}” fits several initiatives: ${names}. Please write more of the name.`
        : text`No initiative fits “${typed(name)}”. There are: ${names}. For example: /offshoot roadblock list`,
    );
  },
};

function listed(all: Facts['roadblocks'], initiatives: Facts['initiatives']): Card {
  const nameOf = (id: string) => initiatives.find((one) => one.id === id)?.name ?? '';
  return {
    title: text`Roadblocks`,
    parts: [
      ...(all.length === 0 ? [said(text`None is open.`)] : []),
      ...all.slice(0, MOST).flatMap((one): Part[] => [
        said(text`${typed(nameOf(one.initiative))}: ${roadblockLine(one)}`),
        ...(one.state === 'open' && all.length <= 8
          ? [
              {
                kind: 'buttons' as const,
                buttons: [button('Resolved', one.id, 'resolve'), button('Change the response', one.id, 'edit')],
              },
            ]
          : []),
      ]),
      ...(all.length > MOST
        ? [said(text`And ${all.length - MOST} more. Name an initiative to see fewer: /offshoot roadblock churn list`)]
        : []),
      note(text`Name one: /offshoot roadblock`),
    ],
  };
}
