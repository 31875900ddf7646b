/** One place where the product is changed: the text must stand in the file exactly once. */
export interface Plant {
  file: string;
  is: string;
  becomes: string;
}

const BALLOT = 'flows/vote/ballot.ts';
const CLOSING = 'flows/vote/closing.ts';
const STATE = 'flows/vote/state.ts';
const VOTE = 'flows/vote/vote.ts';
const RULE = 'flows/rules/rule.ts';
const TALLY = 'flows/rules/tally.ts';
const ENGINE = 'src/engine.ts';
const RECORDS = 'adapters/store/tables/records.ts';
const SQLITE = 'adapters/store/sqlite.ts';

const plant = (file: string, is: string, becomes: string): Plant => ({ file, is, becomes });

/** The bugs that are planted, by name. Each must be found by the model. */
export const BUGS: Readonly<Record<string, readonly Plant[]>> = {
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
    plant(VOTE, 'closed_at: state.closed?.due ?? state.closed?.at ?? null', 'closed_at: state.closed?.at ?? null'),
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
  'a member cancels the vote': [plant('flows/vote/cancelling.ts', '[vote.opened.by, vote.chair].includes(actor(moment))', 'actor(moment)')],
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
};
