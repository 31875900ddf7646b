import { judgedIn } from './judged.ts';
import { criteriaOf, questionOf, type Vote } from './state.ts';
import { turnedBy } from './why.ts';

/** What a decision takes over from the vote that made it. */
export function decisionBrief(state: Vote, id: string) {
  const closed = state.closed!;
  const missingShoulds = criteriaOf(state).criteria.filter(
    ({ key, tier }) => tier === 'should' && !closed.counts.find((count) => count.key === key)?.met,
  );
  return {
    vote: id,
    initiative: state.initiative,
    body: state.body.name,
    bodyId: state.body.id,
    question: questionOf(state),
    ...(state.subject === undefined ? {} : { subject: state.subject }),
    ...(state.title === undefined ? {} : { title: state.title }),
    channel: state.channel,
    ...(state.also ? { also: state.also } : {}),
    ...(state.reopened ? { reopened: state.reopened } : {}),
    ...(state.resumed ? { resumed: state.resumed.map(({ by, at, reason }) => ({ by, at, reason })) } : {}),
    chair: state.chair,
    outcome: closed.outcome,
    why: turnedBy(state, closed),
    quorum: closed.quorum,
    ...(state.secret ? { secret: state.secret } : {}),
    voted: state.voted,
    ...(state.byDeputy?.length ? { byDeputy: state.byDeputy } : {}),
    recused: state.recused.map((one) => one.person),
    dissent: closed.dissent,
    missing: closed.outcome === 'GO WITH CONDITIONS' ? missingShoulds.map(({ key, text: criterion }) => ({ key, text: criterion })) : [],
    decidedAt: closed.due ?? closed.at,
    proposals: closed.outcome === 'NO-GO' ? [] : (state.evidence?.review?.proposals ?? []),
    ...(state.evidence ? { evidence: state.evidence } : {}),
    ...(state.options && closed.ranking ? { ranking: { options: state.options, count: closed.ranking } } : judgedIn(state, closed)),
  };
}
