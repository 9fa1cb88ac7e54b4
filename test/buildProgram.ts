import { built } from '../tools/build/built.mjs';
import { programEntries } from '../tools/build/bundle.mjs';

/** Builds what processes and threads of tests run, before any of them asks for it. */
export async function setup(): Promise<void> {
  await built(programEntries());
}
