import { button, type Card, note, said } from '../../src/card.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { day, person, text, words } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';

/** How many are listed with a button; a message takes no more. */
const MOST = 20;

/** `/offshoot administrator`: who administers the workspace; what is typed after it is the code of an operator. */
export const administrators: Page<{ administrators: readonly Derived['administrators'][] }> = {
  name: 'administrators',
  needs: () => [administratorsNeed],
  show(about, moment, { administrators: all }) {
    if (about) return { go: { to: 'administrator', input: 'open', about } };
    const may = mayAdminister(moment, all) === undefined;
    if (all.length === 0) return mayAdminister(moment, all)!;
    const rest = all.length - MOST;
    return {
      title: words('Administrators'),
      parts: [
        ...all
          .slice(0, MOST)
          .flatMap((one): Card['parts'] => [
            said(text`${person(one.person)}, since ${day(one.since)}`),
            ...(may && all.length > 1
              ? [{ kind: 'buttons' as const, buttons: [button('Remove as administrator', one.id, 'remove')] }]
              : []),
          ]),
        ...(rest > 0 ? [said(text`And ${rest} more, whom the export lists.`)] : []),
        note(
          may
            ? text`The last one cannot be removed. An operator can name another one with npx offshoot administrator.`
            : text`Administrators name others. An operator can, too, with npx offshoot administrator.`,
        ),
      ],
      ...(may ? { buttons: [button('Name an administrator', 'administrator', 'open')] } : {}),
    };
  },
};
