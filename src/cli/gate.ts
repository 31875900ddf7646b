import { meant } from '../../flows/rules/meant.ts';
import { gate as ask } from '../gate.ts';
import { type Command, outcome, WrongUse } from './command.ts';
import { reading } from './database.ts';
import { settings } from './settings.ts';
import { workspaceAsked } from './workspace.ts';

const EXAMPLE = 'npx offshoot gate churn';

export const gate: Command = {
  name: 'gate',
  argument: '<initiative>',
  does: 'Says by its exit status whether an initiative may go on.',
  more: `Status 0 only when the newest decision on it that was not superseded is a GO or a GO WITH CONDITIONS, and final; 1 when it may
not go on, 2 when it was asked for in a wrong way or no one initiative is meant. Conditions that are not met yet are printed with
owner and day. Works while Offshoot runs.`,
  options: {
    question: { type: 'string', does: 'Asks about another <question> than go-no-go, like gate.' },
    subject: { type: 'string', does: 'Asks about one <subject> of it, like “wave 2”.' },
    strict: { type: 'boolean', does: 'Status 1 also when a condition is overdue.' },
    workspace: { type: 'string', does: 'The <number> of the workspace, where there are several.' },
  },
  example: EXAMPLE,
  async run({ argument: initiative, options }, terminal) {
    const { database } = settings(terminal);
    const { question, subject } = options as { question?: string; subject?: string };
    const asked = { initiative, ...(question ? { question } : {}), ...(subject ? { subject } : {}), strict: options.strict === true };
    return await reading(database, async (reader) => {
      const { id } = await workspaceAsked(reader, options.workspace, EXAMPLE);
      const verdict = await reader.look((tables) => ask(tables, id, asked, meant, Date.now()));
      switch (verdict.kind) {
        case 'unknown':
          throw new WrongUse(
            `No initiative is called “${initiative}”. There are: ${verdict.candidates.join(', ') || 'none yet'}. For example: ${EXAMPLE}`,
          );
        case 'ambiguous':
          throw new WrongUse(
            `“${initiative}” fits several initiatives: ${verdict.candidates.join(', ')}. Write more of the name, or the id.`,
          );
        case 'answer': {
          const { kind: _, ...facts } = verdict;
          const lines = (facts.decision?.conditions ?? []).map(
            ({ text, owner, due, state, overdue }) =>
              `  ${overdue ? 'overdue' : 'open'}: ${text}, ${owner ?? 'nobody'}, ${due === null ? 'no day' : `due ${due}`}, ${state}`,
          );
          return outcome(
            facts.allowed,
            [`${facts.initiative.name}: ${facts.allowed ? 'may go on' : 'may not go on'}. ${facts.why}`, ...lines],
            facts,
          );
        }
      }
    });
  },
};
