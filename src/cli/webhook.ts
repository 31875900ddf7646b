import { guarded } from '../../adapters/store/file.ts';
import { addressesOf, Barred } from '../address.ts';
import { newSecret } from '../disclosing.ts';
import { call, testBody } from '../webhooks.ts';
import { type Command, outcome, type Outcome, Trouble, WrongUse } from './command.ts';
import { beside, reading } from './database.ts';
import { nowOf } from './now.ts';
import { settings } from './settings.ts';
import { workspaceAsked } from './workspace.ts';

const EXAMPLE = 'npx offshoot webhook add https://example.com/offshoot';

/** How many deliveries are listed. */
const MOST = 50;

export const webhook: Command = {
  name: 'webhook',
  argument: '<what> [which]',
  does: 'Registers addresses that are told of each decision.',
  more: `“add” and an https address registers one and shows its secret this once; “list” shows them, “test” and a number sends it a test,
“deliveries” lists what was sent and what came of it, “remove” and a number ends it. Addresses in internal networks are refused,
unless OFFSHOOT_WEBHOOK_HOSTS names them. docs/webhooks.md says what is sent. Works while Offshoot runs.`,
  options: { workspace: { type: 'string', does: 'The <number> of the workspace, where there are several.' } },
  example: EXAMPLE,
  async run({ argument: what, second: which, options }, terminal) {
    const config = settings(terminal);
    const { database, webhookHosts } = config;
    const { workspace, now } = await reading(database, async (reader) => ({
      workspace: (await workspaceAsked(reader, options.workspace, EXAMPLE)).id,
      now: nowOf(config, reader),
    }));
    switch (what) {
      case 'add':
        return await add(database, workspace, which, webhookHosts, now);
      case 'list': {
        const rows = await reading(database, (reader) => reader.look((tables) => tables.webhooksOf(workspace)));
        const webhooks = rows.map(({ id, url }) => ({ id, url }));
        return outcome(true, webhooks.length > 0 ? webhooks.map(({ id, url }) => `${id}  ${url}`) : ['There is no webhook.'], { webhooks });
      }
      case 'remove': {
        const gone = await beside(database, (store) => store.update((tables) => tables.removeWebhook(workspace, Number(which), now)));
        if (!gone) throw new Trouble(`There is no webhook ${which || 'of that number'}. npx offshoot webhook list shows them.`);
        return outcome(true, [`Webhook ${which} is removed; what it was still owed is not sent.`], { id: Number(which) });
      }
      case 'test': {
        const rows = await reading(database, (reader) => reader.look((tables) => tables.webhooksOf(workspace)));
        const hook = rows.find(({ id }) => String(id) === which);
        if (!hook) throw new Trouble(`There is no webhook ${which || 'of that number'}. npx offshoot webhook list shows them.`);
        const event = `test ${Date.now()}`;
        const came = await call({ ...hook, webhook: hook.id, event, body: testBody(workspace, now) }, webhookHosts, Date.now());
        return outcome(came.why === null, [came.why === null ? `It answered ${came.code}.` : `It was not told: ${came.why}.`], { ...came });
      }
      case 'deliveries': {
        const rows = await reading(database, (reader) => reader.look((tables) => tables.deliveriesOf(workspace, MOST)));
        const deliveries = rows.map(({ webhook: hook, event, state, tries, code, why, next_at: next }) => ({
          webhook: hook,
          event,
          state,
          tries,
          code,
          why,
          next,
        }));
        const lines = deliveries.map(
          (one) =>
            `${one.webhook}  ${one.event}: ${one.state} after ${one.tries}${one.code === null ? '' : `, answered ${one.code}`}${one.why ? `, ${one.why}` : ''}${one.state === 'owed' && one.next > 0 ? `, again ${new Date(one.next).toISOString()}` : ''}`,
        );
        return outcome(true, lines.length > 0 ? lines : ['Nothing was to be sent yet.'], { deliveries });
      }
      default:
        throw new WrongUse(`offshoot webhook takes add, list, test, deliveries or remove, not “${what}”. For example: ${EXAMPLE}`);
    }
  },
};

async function add(database: string, workspace: number, url: string, hosts: readonly string[], now: number): Promise<Outcome> {
  try {
    await addressesOf(url, hosts);
  } catch (fault) {
    if (fault instanceof Barred) throw new WrongUse(fault.message);
    throw fault;
  }
  const secret = newSecret();
  const id = await beside(database, (store) => store.update((tables) => tables.putWebhook({ workspace, url, secret, created_at: now })));
  // The secret has to be kept to sign with: from now on only the owner may read the file.
  guarded(database);
  return outcome(
    true,
    [secret, `Webhook ${id} is told of each decision from now on. Its secret is shown this once; with it the signature is checked.`],
    { id, url, secret },
  );
}
