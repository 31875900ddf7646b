import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Offshoot with Microsoft's Agents Playground on it: Teams by hand, without an account and without an app id, on loopback only.
 * The playground is fetched by npx when it is wanted. It opens no dialogs yet, so forms come as cards.
 */
const BOT_PORT = '3978';
const PLAYGROUND = '@microsoft/m365agentsplayground@0.2.28';
const PLAYGROUND_PORT = '56150';

const offshoot = spawn(process.execPath, [join(import.meta.dirname, '../dist/src/main.js'), 'start'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: BOT_PORT,
    DATABASE_URL: process.env['DATABASE_URL'] ?? 'file:./data/playground.db',
    TEAMS_SERVICE_HOSTS: `localhost:${PLAYGROUND_PORT},127.0.0.1:${PLAYGROUND_PORT}`,
    MicrosoftAppId: '',
    MicrosoftAppPassword: '',
    MicrosoftAppTenantId: '',
  },
});
const ended = once(offshoot, 'exit');
const ready = await Promise.race([once(offshoot.stdout, 'data'), ended.then(() => undefined)]);
if (!ready) process.exit(offshoot.exitCode ?? 1);
process.stdout.write(String(ready[0]));

const endpoint = `http://127.0.0.1:${BOT_PORT}/api/messages`;
const playground = spawn('npx', ['--yes', PLAYGROUND, '-e', endpoint, '-c', 'msteams', '--port', PLAYGROUND_PORT, '--disable-telemetry'], {
  stdio: 'inherit',
});

const stop = (child: ChildProcess) => child.exitCode ?? child.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => [playground, offshoot].forEach(stop));
await Promise.race([ended, once(playground, 'exit')]);
[playground, offshoot].forEach(stop);
await ended;
