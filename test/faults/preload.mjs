// Loaded into the product's process by `node --import`: makes it fail at named points of its SQL, so that the product needs no hooks.
// FAULTS is a list of steps that are gone through in order: { on, nth = 1, before = false, do }. CLOCK_AHEAD shifts the system's clock.
import Database from 'better-sqlite3';

const steps = JSON.parse(process.env.FAULTS ?? '[]').map((step) => ({ nth: 1, ...step, on: new RegExp(step.on) }));

const acts = {
  nothing() {},
  kill() {
    process.kill(process.pid, 'SIGKILL');
    // Not one statement more, even if the signal takes a moment.
    for (;;);
  },
  /** As the signal would, but at this very statement and not when the loop next comes round to it. */
  term() {
    process.emit('SIGTERM', 'SIGTERM');
  },
  /** From now on the database cannot grow: a full disk. */
  full(connection) {
    exec.call(connection, `PRAGMA max_page_count = ${connection.pragma('page_count', { simple: true })}`);
  },
  /** From now on nothing can be written: a volume that was mounted read-only. */
  readonly(connection) {
    exec.call(connection, 'PRAGMA query_only = ON');
  },
};

function around(connection, sql, go) {
  const step = steps[0];
  if (!step || !step.on.test(sql) || --step.nth > 0) return go();
  steps.shift();
  const act = () => acts[step.do ?? 'nothing'](connection);
  if (step.before) act();
  const result = go();
  if (!step.before) act();
  return result;
}

const { exec, prepare } = Database.prototype;
Database.prototype.exec = function (sql) {
  return around(this, sql, () => exec.call(this, sql));
};
Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  for (const method of ['run', 'get', 'all', 'iterate']) {
    const original = statement[method];
    statement[method] = (...values) => around(this, sql, () => original.apply(statement, values));
  }
  return statement;
};

const ahead = Number(process.env.CLOCK_AHEAD ?? 0);
if (ahead !== 0) {
  const now = Date.now;
  Date.now = () => now() + ahead;
}
