import type { Theme } from './story.ts';

/** One place where the product is changed: the text must stand in the file exactly once, however its lines are broken. */
export interface Plant {
  file: string;
  is: string;
  becomes: string;
}

const BALLOT = 'flows/vote/ballot.ts';
const CLOSING = 'flows/vote/closing.ts';
const STATE = 'flows/vote/state.ts';
const VOTE = 'flows/vote/vote.ts';
const DEPUTIES = 'flows/vote/deputies.ts';
const COMMITTEE = 'flows/body/deputies.ts';
const WITHDRAWAL = 'flows/vote/withdrawal.ts';
const EXTENSION = 'flows/vote/extension.ts';
const SECRET = 'flows/vote/secret.ts';
const SEALING = 'src/sealing.ts';
const SEALED = 'adapters/store/tables/secret.ts';
const RULE = 'flows/rules/rule.ts';
const TALLY = 'flows/rules/tally.ts';
const ENGINE = 'src/engine.ts';
const RECORDS = 'adapters/store/tables/records.ts';
const SQLITE = 'adapters/store/sqlite.ts';

const plant = (file: string, is: string, becomes: string): Plant => ({ file, is, becomes });

/** A planted bug; where it is about one thing, it is looked for in stories about that. */
export interface Bug {
  theme?: Theme;
  plants: readonly Plant[];
}

const about = (theme: Theme, bugs: Readonly<Record<string, readonly Plant[]>>): Record<string, Bug> =>
  Object.fromEntries(Object.entries(bugs).map(([name, plants]) => [name, { theme, plants }]));

/** The bugs that are planted, by name. Each must be found by the model. */
export const BUGS: Readonly<Record<string, Bug>> = {
  ...about('ballots', {
    '< for <= at the deadline, in both places that keep it': [
      plant(BALLOT, 'moment.at >= vote.deadline', 'moment.at > vote.deadline'),
      plant(
        'adapters/store/tables/timers.ts',
        ".where('target', '=', p.target)\n    .where('fires_at', '<=', p.now)",
        ".where('target', '=', p.target)\n    .where('fires_at', '<', p.now)",
      ),
    ],
    'a vote that is closed takes ballots until its deadline': [plant(BALLOT, '!isOpen(vote) || moment.at', 'moment.at')],
    'the time of the close is that of the clock, not of the deadline': [
      plant('flows/vote/rows.ts', 'closed_at: state.closed?.due ?? state.closed?.at ?? null', 'closed_at: state.closed?.at ?? null'),
    ],
    'recused members stay in the base': [plant(STATE, 'vote.electors.filter((person) => !isRecused(vote, person))', 'vote.electors')],
    'the ballot of a recused member counts for the quorum': [plant('flows/vote/recusal.ts', '...without(vote, by),', '...vote,')],
    'the ballot of a recused member is kept': [plant('flows/vote/recusal.ts', ': ballotOf(by, facts)', ": ballotOf('person/999', facts)")],
    'an abstention is a no': [plant(TALLY, "choice === 'no-go' || choice === 'missing' || choice === 'not seen'", "choice !== 'go'")],
    'an abstention is a go': [plant(TALLY, "ballot[key] === 'go')", "ballot[key] === 'go' || ballot[key] === 'abstain')")],
    'a tie is a go': [plant(RULE, 'return go > against || (go === against', 'return go >= against || (go === against')],
    'abstaining does not count as present': [plant(RULE, 'return go > against + abstain ||', 'return go > against ||')],
    'abstaining objects to a consensus': [
      plant(RULE, 'return go + abstain > 0 && against === 0', 'return go > 0 && against === 0 && abstain === 0'),
    ],
    'a minimum must be exceeded': [plant(RULE, 'return go >= leastOf(rule)!', 'return go > leastOf(rule)!')],
    'one no-go does not block yet': [plant(RULE, 'return go > 0 && against === 0;', 'return go > 0 && against < 2;')],
    'every chair has a casting vote': [plant(CLOSING, 'vote.casting ? counting.find', 'true ? counting.find')],
    'no chair has a casting vote': [plant(CLOSING, 'vote.casting ? counting.find', 'false ? counting.find')],
    'the quorum must be exceeded': [plant(STATE, 'present >= asked', 'present > asked')],
    'a share of the members is rounded down': [plant('flows/rules/quorum.ts', 'Math.ceil((quorum.percent', 'Math.floor((quorum.percent')],
    'the last ballot is not counted at the close': [
      plant(
        CLOSING,
        '[...others.filter((ballot) => ballot.person !== latest.person), latest]',
        'others.filter((ballot) => ballot.person !== latest.person)',
      ),
    ],
    'it closes while one is missing': [plant(CLOSING, 'if (missing(vote).length > 0 ||', 'if (missing(vote).length > 1 ||')],
    'the order of arrival beats the number of the ballot': [
      plant(BALLOT, 'if (seen === undefined || seen ===', 'if (seen !== -1 || seen ==='),
    ],
    'a ballot without its reasons counts': [plant(BALLOT, 'choices: ballot?.choices ?? null,', 'choices,')],
    'a ballot that is bound can be changed': [plant(BALLOT, '!vote.changes && ballot?.cast_at', '!vote.changes && ballot?.draft')],
    'a stranger votes': [plant(BALLOT, 'if (!vote.electors.includes(elector))', 'if (vote.electors.length === 0)')],
    'a member closes the vote': [plant('flows/vote/leading.ts', 'actor(moment) === ledBy(vote, left)', 'actor(moment) !== undefined')],
    'the chair closes without a quorum': [plant(CLOSING, 'return stands\n', 'return stands || true\n')],
    'a member cancels the vote': [
      plant('flows/vote/cancelling.ts', '[vote.opened.by, vote.chair].includes(actor(moment))', 'actor(moment) !== undefined'),
    ],
    'a decision without a quorum': [plant(CLOSING, "outcome: quorum.stands ? outcome : 'NO QUORUM'", 'outcome')],
    'no uniqueness of causes': [plant(ENGINE, 'if (known) return yield* again', 'if (known && !known.cause) return yield* again')],
    'ballots of all workspaces are counted': [
      plant(RECORDS, ".where('workspace', '=', p.workspace as number)", ".where('workspace', '>', p.workspace as number && 0)"),
    ],
    'a change leaves the number of the ballot': [
      plant(RECORDS, "number: eb('ballots.number', '+', 1)", "number: eb('ballots.number', '+', 0)"),
    ],
    'synchronous=NORMAL': [plant(SQLITE, "connection.pragma('synchronous = FULL')", "connection.pragma('synchronous = NORMAL')")],
    'acknowledged before the commit': [plant(SQLITE, 'return () => job.resolve(result);', 'job.resolve(result);\n      return () => {};')],
  }),
  ...about('deputies', {
    'a deputy of before votes': [
      plant(DEPUTIES, 'if (deputy === by) return undefined;', 'if (by !== elector || deputy === by) return undefined;'),
    ],
    'a deputy for a time votes when it is over': [plant(DEPUTIES, 'from_at <= at && at < until_at', 'from_at <= at')],
    'a deputy for a time votes before it has begun': [plant(DEPUTIES, 'from_at <= at && at < until_at', 'at < until_at')],
    'who is deputy for a time goes before who was named for this vote': [
      plant(
        DEPUTIES,
        'if (named) return named.deputy;',
        'if (named && deputies.every((one) => one.person !== elector || one.from_at === null)) return named.deputy;',
      ),
    ],
    'a deputy of a deputy votes': [
      plant(
        DEPUTIES,
        'if (deputy && deputyOf(vote, deputy, moment, facts) === by)',
        'if (deputy && deputyOf(vote, deputy, moment, facts) === by) return undefined;\n  if (false)',
      ),
      plant(DEPUTIES, 'if (vote.electors.includes(deputy) && deputyOf(', 'if (vote.electors.length === 0 && deputyOf('),
    ],
    'a deputy passes the ballot on': [
      plant(DEPUTIES, 'if (vote.electors.includes(deputy) && deputyOf(', 'if (vote.electors.length === 0 && deputyOf('),
    ],
    'who stands in names a deputy': [plant(DEPUTIES, 'if (stoodInFor) return refused', 'if (stoodInFor && !vote) return refused')],
    'a deputy is named though the ballot is in': [
      plant(DEPUTIES, 'if (vote.voted.includes(by) && !vote.byDeputy', 'if (vote.voted.length === 0 && !vote.byDeputy'),
    ],
    'whoever is recused stands in': [
      plant(BALLOT, 'if (isRecused(vote, by)) return refused', 'if (by === elector && isRecused(vote, by)) return refused'),
    ],
    'a ballot is cast for whoever is recused': [
      plant(BALLOT, 'if (isRecused(vote, elector)) return refused', 'if (isRecused(vote, elector) && !by) return refused'),
    ],
    'a deputy’s ballot beats the member’s own': [
      plant(BALLOT, 'if (ballot?.cast_at && ballot.cast_by === null) return refused', 'if (!ballot && !by) return refused'),
    ],
    'a deputy’s ballot is counted as one more': [
      plant(BALLOT, 'vote.voted.includes(elector) && known === deputy) return', 'vote.voted.includes(elector) && !deputy) return'),
      plant(
        BALLOT,
        'voted: vote.voted.includes(elector) ? vote.voted : [...vote.voted, elector],',
        'voted: vote.voted.includes(elector) && !deputy ? vote.voted : [...vote.voted, elector],',
      ),
    ],
    'a deputy’s ballot is the deputy’s own': [
      plant(BALLOT, 'const kept = { person: elector, cast_by: castBy', 'const kept = { person: actor(moment), cast_by: castBy'),
    ],
    'nobody learns that a deputy cast it': [
      plant(BALLOT, '(moment.by && moment.by !== elector ? moment.by : null)', '(moment.by && !elector ? moment.by : null)'),
    ],
    'a deputy casts what the member began': [plant(BALLOT, 'ballot?.draft && ballot.draft_by === by', 'ballot?.draft')],
    'a member cannot take the place of the deputy’s ballot where ballots are bound': [
      plant(BALLOT, '(ballot.cast_by === null || by !== elector)', '(ballot.cast_by === null || by)'),
    ],
    'a deputy takes a bound ballot back': [plant(WITHDRAWAL, 'vote.changes && cast?.cast_by === by', 'cast?.cast_by === by')],
    'a withdrawn ballot still counts for the quorum': [
      plant(WITHDRAWAL, 'voted: vote.voted.filter((one) => one !== elector),', 'voted: vote.voted,'),
    ],
    'a withdrawn ballot keeps its choices': [
      plant(
        WITHDRAWAL,
        '{ person: elector, cast_by: null, choices: null, reasons: {}, draft: null, draft_by: null, cast_at: null }',
        '{ ...ballotOf(elector, facts)! }',
      ),
    ],
    'an old form withdraws a newer ballot': [
      plant(WITHDRAWAL, 'if (seen !== undefined && seen !== ballotOf', 'if (seen === -1 && seen !== ballotOf'),
    ],
    'a recused member’s deputy stays': [
      plant('flows/vote/recusal.ts', 'vote.deputies.filter((one) => one.person !== by)', 'vote.deputies'),
    ],
    'two deputies for a time at once': [plant(COMMITTEE, '.filter((one) => one.person !== by); const unfit', '; const unfit')],
    'a chain of deputies for a time': [
      plant(
        COMMITTEE,
        'if (together.some((one) => one.person === named.deputy))',
        'if (together.some((one) => one.person === named.person))',
      ),
    ],
    'a stranger names a deputy for a time': [
      plant(COMMITTEE, 'if (body.members.includes(actor(moment))) return undefined;', 'if (actor(moment)) return undefined;'),
    ],
    'the deputies of other workspaces stand in, too': [
      plant(
        RECORDS,
        ".where('workspace', '=', p.workspace as number)",
        ".where('workspace', '=', need.rows === 'deputyships' ? 2 : (p.workspace as number))",
      ),
    ],
  }),
  ...about('ballots', {
    'a vote is extended twice': [plant(EXTENSION, 'if (vote.extended) return refused', 'if (vote.extended && !vote.chair) return refused')],
    'an extension may end sooner': [plant(EXTENSION, 'if (said.deadline <= vote.deadline)', 'if (said.deadline <= vote.opened.at)')],
    'a member extends the vote': [plant(EXTENSION, "mayLead(vote, moment, left, 'extend it')", 'undefined')],
    'after its old deadline an extended vote takes no ballot': [
      plant(BALLOT, 'moment.at >= vote.deadline', 'moment.at >= (vote.extended?.from ?? vote.deadline)'),
    ],
    'an extended vote closes at its old deadline': [
      plant(VOTE, "{ key: 'deadline', at: state.deadline,", "{ key: 'deadline', at: state.extended?.from ?? state.deadline,"),
    ],
    'a timer that was taken back takes effect': [
      plant(
        ENGINE,
        'if (!(yield* tables.dropTimer(row.workspace, row.flow, row))) return;',
        'yield* tables.dropTimer(row.workspace, row.flow, row);',
      ),
      // The vote itself holds, too, that a deadline which was moved closes nothing.
      plant(VOTE, '(moment.due ?? state.deadline) < state.deadline', 'false'),
    ],
    'what was sent is taken for what is wanted': [
      plant(
        'src/courier.ts',
        "({ kind: 'shown', revision: row.wanted, installation",
        "({ kind: 'shown', revision: row.wanted + 1, installation",
      ),
    ],
    'a message is posted again when its surface changes': [
      plant('src/courier.ts', 'if (row.message !== null) {', 'if (row.message === null && row.retired === 1) {'),
    ],
    'two messengers are two people': [
      plant(
        'src/directory.ts',
        'const known = yield* tables.identity(installation.id, user);',
        'const known = yield* tables.identity(installation.id === 2 ? 9 : installation.id, user);',
      ),
    ],
  }),
  ...about('secret', {
    'a secret result of two ballots': [plant(STATE, 'vote.secret ? FEWEST : 0', 'vote.secret ? 1 : 0')],
    'the key outlives the close': [plant(ENGINE, 'if (spent.length > 0) ended?.(spent);', '')],
    'the key outlives a vote that came to nothing': [
      plant(SEALING, "kept.kind === 'publish' || kept.kind === 'forget'", "kept.kind === 'publish'"),
    ],
    'the key is destroyed before the commit': [
      plant(
        SEALING,
        "if (kept.kind === 'publish' || kept.kind === 'forget') spent.push",
        "if (kept.kind === 'publish' || kept.kind === 'forget') vault.destroy({ workspace, vote: flow });\n      if (kept.kind === 'publish' || kept.kind === 'forget') spent.push",
      ),
    ],
    'sealed ballots outlive the close': [plant(SEALING, 'return yield* tables.dropSealed(workspace, vote); case', 'return; case')],
    'the turnout outlives a vote that came to nothing': [plant(SEALING, 'return yield* tables.dropTurnout(workspace, vote);', 'return;')],
    'a withdrawn secret ballot is counted': [plant(SEALING, 'yield* tables.dropSealed(workspace, vote, key.slot(kept.elector));', '')],
    'a secret ballot is sealed beside the one before': [
      plant(SEALING, 'const slot = key.slot(kept.elector);', 'const slot = key.slot(`${kept.elector} ${kept.by}`);'),
    ],
    'the last secret ballot is not counted': [
      plant(
        SECRET,
        '...(latest ? [{ ...latest, receipt: ownOf(facts)?.receipt',
        '...(latest && !vote ? [{ ...latest, receipt: ownOf(facts)?.receipt',
      ),
    ],
    'an old form overwrites a newer secret ballot': [
      plant(SECRET, 'if (seen !== undefined && seen !== (own?.number ?? 0))', 'if (seen === -1 && seen !== (own?.number ?? 0))'),
    ],
    'the receipt of a deputy’s ballot is the member’s': [
      plant(SEALING, 'receipt: key.receipt(voiceOf(kept.elector, kept.by)),', 'receipt: key.receipt(voiceOf(kept.elector, kept.elector)),'),
    ],
    'the turnout does not count what was withdrawn': [
      plant(SEALED, "number: eb('turnout.number', '+', 1)", "number: eb('turnout.number', '+', eb.ref('excluded.cast'))"),
    ],
    'the sealed ballots of all workspaces are opened': [
      plant(
        SEALED,
        ".select(['slot', 'mark']).where('workspace', '=', p.workspace).where('vote', '=', p.vote).orderBy('slot')",
        ".select(['slot', 'mark']).where('vote', '=', p.vote).orderBy('slot')",
      ),
    ],
    'a vote that closes drops the sealed ballots of all workspaces': [
      plant(
        SEALED,
        "db.deleteFrom('sealed_ballots').where('workspace', '=', p.workspace).where('vote', '=', p.vote)); const dropSealedAt",
        "db.deleteFrom('sealed_ballots').where('vote', '=', p.vote));\nconst dropSealedAt",
      ),
    ],
  }),
};
