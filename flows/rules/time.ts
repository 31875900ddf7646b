/** `17:30` of a time of day as people write it: 9, 9:30, 9.30, 0930, 17h, 17h30, 9am, 5:30 pm, noon, midnight; undefined when it is none. */
export function timeMeant(said: string): string | undefined {
  const wanted = said.trim().toLowerCase();
  if (wanted === 'noon' || wanted === 'midday') return '12:00';
  if (wanted === 'midnight') return '00:00';
  const [found, hour, minute = '0', half] =
    /^(\d{1,2})(?:[:.h]?(?<=\d\d|[:.h])(\d{2}))?(?: ?h| ?o'?clock)?(?: ?([ap])\.?m\.?)?$/.exec(wanted) ?? [];
  if (!found || Number(minute) > 59) return undefined;
  const hours = half ? ofHalfDay(Number(hour), half === 'p') : Number(hour);
  return hours === undefined || hours > 23 ? undefined : `${String(hours).padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

const ofHalfDay = (hour: number, afternoon: boolean): number | undefined =>
  hour >= 1 && hour <= 12 ? (hour % 12) + (afternoon ? 12 : 0) : undefined;
