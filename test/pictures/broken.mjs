import { parentPort } from 'node:worker_threads';

let moods = 0;

/** A thread that does badly what a picture's title says. */
parentPort.on('message', ({ picture }) => {
  if (picture.title === 'die') process.exit(1);
  if (picture.title === 'throw')
    setImmediate(() => {
      throw new Error('thrown');
    });
  if (picture.title === 'hang') for (;;);
  if (picture.title === 'refuse') tell({ fault: 'refused' });
  if (picture.title === 'moody') tell((moods += 1) === 1 ? { fault: 'not now' } : { drawn: 'at last' });
  if (picture.title.startsWith('fine')) tell({ drawn: `${picture.title} ${process.env.PATH ?? 'no environment'}` });
});
tell('ready');

function tell(answer) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort.postMessage(answer);
}
