#!/usr/bin/env node
import { InterruptFlag } from '../application/tasks/interrupt.ts';
import { processIo } from './output/io.ts';
import { runCli } from './program.ts';
import { interruptOnSignals } from './signals.ts';

/* The process around the command line; cli/highwater.mjs starts it. */
const interrupt = new InterruptFlag();
const uninstall = interruptOnSignals(interrupt);
// Not process.exit: what was written to a pipe must get through first.
process.exitCode = await runCli(process.argv.slice(2), processIo(interrupt));
uninstall();
