/** Where a call was made, for errors that are found much later. */
export interface CallSite {
  /** The file, as stacks name it. */
  readonly file: string;
  /** An error that is reported there. */
  failure(message: string, cause?: unknown): Error;
}

/**
 * Remembers who called `called`: reporters point at the first frame of a stack, and that is to be a
 * line of the user's.
 */
export function callSiteOf(called: (...given: never[]) => unknown): CallSite {
  const here = new Error();
  Error.captureStackTrace(here, called);
  const frames = (here.stack ?? '').split('\n').slice(1);
  const [, file = ''] = /([^\s()]+):\d+:\d+\)?$/.exec(frames[0] ?? '') ?? [];
  return {
    file,
    failure(message, cause) {
      const error = new Error(message, cause === undefined ? {} : { cause: withoutLibrary(cause) });
      // A line of the message that looks like a frame would be taken for one.
      const shown = message.replaceAll(/^(\s*)at /gm, '$1... at ');
      error.stack = [`Error: ${shown}`, ...frames].join('\n');
      return error;
    },
  };
}

/** The folders of the library, as the frames of a stack name them; of what is built of it, all of that. */
const library = (import.meta.url.endsWith('.ts') ? ['checker/', 'corpus/', 'vitest/'] : ['']).map(
  folder => new URL(`../${folder}`, import.meta.url).pathname,
);

/** The same error with only the user's frames in its stack. */
function withoutLibrary(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const copy = new Error(error.message);
  copy.name = error.name;
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s*at /.test(line));
  const own = frames.filter(line => !library.some(folder => line.includes(folder)));
  copy.stack = [`${error.name}: ${error.message}`, ...own].join('\n');
  return copy;
}
