import { newToken } from '../token.ts';
import { type Command, outcome, Trouble, WrongUse } from './command.ts';
import { beside, reading } from './database.ts';
import { nowOf } from './now.ts';
import { settings } from './settings.ts';
import { workspaceAsked } from './workspace.ts';

const EXAMPLE = 'npx offshoot token new "deploy pipeline"';

export const token: Command = {
  name: 'token',
  argument: '<what> [which]',
  does: 'Makes, lists and revokes the tokens by which programs ask.',
  more: `“new” and a name makes one of a workspace and shows it this once: only its digest is kept. “list” shows names, numbers and the day of
the latest use. “revoke” and a number ends it at once. Works while Offshoot runs.`,
  options: { workspace: { type: 'string', does: 'The <number> of the workspace, where there are several.' } },
  example: EXAMPLE,
  async run({ argument: what, second: which, options }, terminal) {
    const config = settings(terminal);
    const { database } = config;
    const { workspace, now } = await reading(database, async (reader) => ({
      workspace: (await workspaceAsked(reader, options.workspace, EXAMPLE)).id,
      now: nowOf(config, reader),
    }));
    switch (what) {
      case 'new': {
        if (!which || which.length > 80) throw new WrongUse(`What is it for, in at most 80 characters? For example: ${EXAMPLE}`);
        const made = await beside(database, (store) => store.update((tables) => newToken(tables, workspace, which, now)));
        return outcome(
          true,
          [made.token, `This is token ${made.id}, “${which}”. It is shown this once: put it where the program finds its secrets.`],
          made,
        );
      }
      case 'list': {
        const rows = await reading(database, (reader) => reader.look((tables) => tables.tokensOf(workspace)));
        const tokens = rows.map(({ id, name, used_on: usedOn, revoked_at: at }) => ({ id, name, usedOn, revoked: at !== null }));
        const lines = tokens.map(
          (one) => `${one.id}  ${one.name}, ${one.revoked ? 'revoked' : one.usedOn ? `last used on ${one.usedOn}` : 'never used'}`,
        );
        return outcome(true, lines.length > 0 ? lines : ['There is no token.'], { tokens });
      }
      case 'revoke': {
        const gone = await beside(database, (store) => store.update((tables) => tables.revokeToken(workspace, Number(which), now)));
        if (!gone) throw new Trouble(`There is no token ${which || 'of that number'} that is good. npx offshoot token list shows them.`);
        return outcome(true, [`Token ${which} is revoked.`], { id: Number(which) });
      }
      default:
        throw new WrongUse(`offshoot token takes new, list or revoke, not “${what}”. For example: ${EXAMPLE}`);
    }
  },
};
