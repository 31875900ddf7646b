import type { Verb } from '../src/commands.ts';
import type { Flow } from '../src/flow.ts';
import type { Page } from '../src/page.ts';
import { access } from './access/access.ts';
import { action } from './action/action.ts';
import { administrator } from './administrator/administrator.ts';
import { body } from './body/body.ts';
import { cadence } from './cadence/cadence.ts';
import { decision } from './decision/decision.ts';
import { digest } from './digest/digest.ts';
import { ethics } from './ethics/ethics.ts';
import { evidence } from './evidence/evidence.ts';
import { initiative } from './initiative/initiative.ts';
import { introduction } from './introduction/introduction.ts';
import { tokens, webhooksPage } from './pages/access.ts';
import { actions } from './pages/actions.ts';
import { administrators } from './pages/administrators.ts';
import { change, gate } from './pages/asking.ts';
import { cadences } from './pages/cadences.ts';
import { decisions } from './pages/decisions.ts';
import { deputyPage } from './pages/deputy.ts';
import { evidenceList } from './pages/evidence.ts';
import { helpPage } from './pages/help.ts';
import { mine } from './pages/mine.ts';
import { nudges } from './pages/nudges.ts';
import { ranking, ratings } from './pages/ratings.ts';
import { rating } from './rating/rating.ts';
import { record } from './pages/record.ts';
import { committees, initiatives } from './pages/things.ts';
import { roadblocks } from './pages/roadblocks.ts';
import { join } from './join/join.ts';
import { link } from './link/link.ts';
import { mute } from './mute/mute.ts';
import { rulePage } from './pages/rule.ts';
import { paper } from './paper/paper.ts';
import { readiness } from './readiness/readiness.ts';
import { templates } from './pages/templates.ts';
import { review } from './review/review.ts';
import { template } from './template/template.ts';
import { roadblock } from './roadblock/roadblock.ts';
import { vote } from './vote/vote.ts';

/** Everything that Offshoot can do, by name. A new flow is one line here. */
export const flows: readonly Flow[] = [
  initiative,
  body,
  review,
  readiness,
  vote,
  decision,
  digest,
  cadence,
  action,
  evidence,
  ethics,
  roadblock,
  rating,
  introduction,
  template,
  administrator,
  join,
  access,
  paper,
  link,
  mute,
];

/** The commands; docs/words.md lists them, and they change only with it. */
export const verbs: readonly Verb[] = [
  {
    name: 'initiative',
    also: ['initiatives'],
    slash: true,
    press: { to: 'initiatives', input: 'show' },
    about: '[name]',
    does: 'Registers an AI initiative, or shows the one you name. With “list”: all of them; with “tree”: the families of their offshoots.',
    example: '/initiative Churn model',
  },
  {
    name: 'pilot-review',
    also: ['review'],
    slash: true,
    press: { to: 'review', input: 'open' },
    about: '[initiative]',
    does: 'Asks people to review a pilot, and leads its owner to a verdict: scale, pivot, extend or kill.',
    example: '/pilot-review churn',
  },
  {
    name: 'readiness',
    also: ['ready', 'readiness-check'],
    slash: true,
    press: { to: 'readiness', input: 'open' },
    about: '[initiative]',
    does: 'Checks whether an initiative is ready to be scaled, with those who know.',
    example: '/readiness churn',
  },
  {
    name: 'go-no-go',
    also: ['gonogo', 'go/no-go', 'vote'],
    slash: true,
    press: { to: 'vote', input: 'open' },
    about: '[initiative]',
    does: 'Opens a go/no-go vote of a committee on an initiative.',
    example: '/go-no-go churn',
  },
  {
    name: 'gate',
    press: { to: 'gate', input: 'show' },
    about: '[initiative] [wave]',
    does: 'Opens a vote on the next wave of a rollout.',
    example: '/offshoot gate churn wave 2',
  },
  {
    name: 'change',
    press: { to: 'change', input: 'show' },
    about: '[initiative] [change]',
    does: 'Opens a change-control vote.',
    example: '/offshoot change churn new threshold',
  },
  {
    name: 'rank',
    also: ['ranking', 'choose'],
    press: { to: 'ranking', input: 'show' },
    about: '[initiatives] [for what]',
    does: 'Opens a ranked choice among two to eight initiatives; one is chosen by instant-runoff.',
    example: '/offshoot rank churn, returns for the money of 2027',
  },
  {
    name: 'decisions',
    also: ['decision', 'log'],
    slash: true,
    press: { to: 'decisions', input: 'show' },
    about: '[words]',
    does: 'Searches what was decided, newest first; with a number, shows that record in full.',
    example: '/decisions churn',
  },
  {
    name: 'cadence',
    also: ['cadences'],
    slash: true,
    press: { to: 'cadences', input: 'show' },
    about: '[initiative]',
    does: 'Shows what repeats and when it comes next, and starts it where nothing does yet. With “list”: all of it.',
    example: '/cadence churn',
  },
  {
    name: 'evidence',
    press: { to: 'evidence-list', input: 'show' },
    about: '[initiative]',
    does: 'Puts something in as evidence on an initiative. With “list” after the name: what there is.',
    example: '/offshoot evidence churn',
  },
  {
    name: 'ethics',
    also: ['ethics-review'],
    press: { to: 'ethics', input: 'open' },
    about: '[initiative]',
    does: 'Starts an ethics review: four questions to somebody who knows, as evidence for the next vote.',
    example: '/offshoot ethics churn',
  },
  {
    name: 'roadblock',
    also: ['roadblocks', 'block'],
    press: { to: 'roadblocks', input: 'show' },
    about: '[initiative]',
    does: 'Names what stands in an initiative’s way: root cause, response, owner. With “list” after the name: what there is.',
    example: '/offshoot roadblock churn',
  },
  {
    name: 'rate',
    also: ['rating', 'ratings'],
    press: { to: 'ratings', input: 'show' },
    about: '[initiative]',
    does: 'Rates value and feasibility of an initiative from 1 to 5. With “list”: all that are rated, side by side.',
    example: '/offshoot rate churn',
  },
  {
    name: 'actions',
    also: ['action', 'todo'],
    press: { to: 'actions', input: 'show' },
    about: '[initiative]',
    does: 'Lists what is to be done, by whom and until when; overdue first.',
    example: '/offshoot actions churn',
  },
  {
    name: 'committee',
    also: ['body', 'committees'],
    press: { to: 'committees', input: 'show' },
    about: '[name]',
    does: 'Sets up a committee that votes, or shows the one you name. With “list”: all of them; with “here” after the name: it meets in this channel, too.',
    example: '/offshoot committee Steering committee',
  },
  {
    name: 'administrator',
    also: ['administrators', 'admin'],
    press: { to: 'administrators', input: 'show' },
    about: '[code]',
    does: 'Shows who administers the workspace. With the code that an operator got on the server: makes you an administrator.',
    example: '/offshoot administrator',
  },
  {
    name: 'join',
    press: { to: 'join', input: 'open' },
    about: '[code]',
    does: 'Joins two messengers into one workspace: gives a code here, which an administrator of the other one types there.',
    example: '/offshoot join',
  },
  {
    name: 'token',
    also: ['tokens'],
    press: { to: 'tokens', input: 'show' },
    does: 'Makes and revokes the tokens by which programs ask whether an initiative may go on. For administrators.',
    example: '/offshoot token',
  },
  {
    name: 'webhook',
    also: ['webhooks'],
    press: { to: 'webhooks', input: 'show' },
    does: 'Adds, tries and removes the addresses that are told of decisions. For administrators.',
    example: '/offshoot webhook',
  },
  {
    name: 'link',
    press: { to: 'link', input: 'open' },
    about: '[code]',
    does: 'Says that you are one person on two messengers: gives a code here, which you type on the other one.',
    example: '/offshoot link',
  },
  {
    name: 'rule',
    also: ['rules', 'dry-run'],
    press: { to: 'rule', input: 'show' },
    about: '[committee] [voices]',
    does: 'Tries a committee’s rule on given voices, before any vote: what would they come to? Nothing is recorded.',
    example: '/offshoot rule Steering committee 3 go 1 no-go 1 abstaining',
  },
  {
    name: 'template',
    also: ['templates', 'criteria'],
    press: { to: 'templates', input: 'show' },
    about: '[name]',
    does: 'Shows the criteria sets that votes ask, and lets an administrator write one.',
    example: '/offshoot template gate',
  },
  {
    name: 'deputy',
    also: ['deputies', 'proxy'],
    press: { to: 'deputy', input: 'show' },
    about: '[committee]',
    does: 'Names somebody who votes for you in a committee for a time, or shows who does.',
    example: '/offshoot deputy Steering committee',
  },
  {
    name: 'mute',
    also: ['unmute', 'nudges'],
    press: { to: 'nudges', input: 'show' },
    does: 'Shows which nudges you get, and mutes or unmutes a kind of them.',
    example: '/offshoot mute',
  },
  {
    name: 'mine',
    also: ['home', 'open'],
    press: { to: 'mine', input: 'show' },
    does: 'Shows what waits for you. Just /offshoot does the same.',
    example: '/offshoot',
  },
  {
    name: 'help',
    also: ['hello', 'hi', '?'],
    press: { to: 'help', input: 'show' },
    about: '[command]',
    does: 'Shows all commands, or one.',
    example: '/offshoot help go-no-go',
  },
];

export const pages: readonly Page[] = [
  helpPage(verbs),
  mine,
  deputyPage,
  actions,
  decisions,
  record,
  initiatives,
  committees,
  rulePage,
  cadences,
  evidenceList,
  gate,
  change,
  ranking,
  ratings,
  templates,
  roadblocks,
  administrators,
  tokens,
  webhooksPage,
  nudges,
];
