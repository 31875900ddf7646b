import type { Moment, Refused } from '../../src/flow.ts';
import { answersUnfit, dueAt, dueUnfit } from '../rules/fit.ts';
import type { Review } from './state.ts';

/** Reviewers are given this many days when nobody says otherwise. */
export const USUAL_DAYS = 7;

/** The longest that is waited for answers, in days. */
const LONGEST = 90;

export const dueOn = (due: string, zone: string, { at }: Moment): Review['due'] => ({ day: due, at: dueAt({ zone, due }), since: at });

/** Why answers cannot be due on this day of the zone; undefined when they can. */
export const unfitDue = (day: string, zone: string, { at }: Moment): Refused | undefined =>
  answersUnfit(day, LONGEST, USUAL_DAYS, { zone, at });

/** The latest day that a plan may name: five years from now. */
const LATEST_PLAN = 5 * 365;

/** Why a plan cannot name this day at this field; undefined when it can. */
export const unfitDay = (day: string, field: string, moment: Moment): Refused | undefined => dueUnfit(day, LATEST_PLAN, moment, field);
