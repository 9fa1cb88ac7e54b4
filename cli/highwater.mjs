#!/usr/bin/env node
/*
 * The program of a checkout, from any directory: builds it when a source has changed since the last
 * time. A configuration is TypeScript that may import the sources of this checkout; they are then read
 * as they are, all of them, so that it and the program mean the same classes. Not by the `tsx` command,
 * which runs a child process and kills it 60 ms after Ctrl-C: before an exploration could print what it
 * has.
 */
import { existsSync } from 'node:fs';
import { built } from '../tools/build/built.mjs';
import { programEntries } from '../tools/build/bundle.mjs';

const isConfigured =
  process.argv.some(argument => /^--config(=|$)/.test(argument)) ||
  ['ts', 'js', 'mjs', 'json'].some(ending => existsSync(`highwater.config.${ending}`));

if (isConfigured) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
} else {
  const [program = ''] = await built(programEntries());
  await import(program);
}
