#!/usr/bin/env node
import { run } from './cli.ts';

// Zones belong to people, channels and recurrences; the process has none of its own.
process.env.TZ = 'UTC';

// Ends here even where a platform's connection is still open.
process.exit(await run(process.argv.slice(2)));
