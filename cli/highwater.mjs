#!/usr/bin/env node
/*
 * The program, for `node` as it is: reads TypeScript without a build step, from any directory. Not
 * the `tsx` command, which runs a child process and kills it 60 ms after Ctrl-C: before an
 * exploration could print what it has.
 */
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
