import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../../src/sheet.ts';
import { pdfOf } from './layout.ts';

/** The thread that prints one sheet. */
const printed = await pdfOf(workerData as Sheet);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort!.postMessage(printed);
