/** What somebody's profile says of their status, as far as it is read. */
export interface Status {
  status_text?: string;
  status_emoji?: string;
  /** Epoch seconds; 0 when it does not end by itself. */
  status_expiration?: number;
}

/** The statuses that Slack itself offers for it: Vacationing, and Out sick. */
const SIGNS = new Set([':palm_tree:', ':face_with_thermometer:']);

/** What people, and the calendars that set their status, write in its place. */
const SAYS =
  /\b(out of (the )?office|ooo|vacation(ing)?|(on|off) sick|out sick|on (\w+ )?(leave|holidays?)|parental leave|annual leave)\b/i;

/**
 * Whether somebody is out of office, and until when in epoch milliseconds; null when the status does not end by itself. Undefined where
 * the payload says nothing of a status. What the status says is not kept: it may tell of an illness.
 */
export function absenceIn({ status_text, status_emoji, status_expiration }: Status): 'here' | { until: number | null } | undefined {
  if (status_text === undefined && status_emoji === undefined) return undefined;
  if (!SIGNS.has(status_emoji ?? '') && !SAYS.test(status_text ?? '')) return 'here';
  return { until: status_expiration ? status_expiration * 1000 : null };
}
