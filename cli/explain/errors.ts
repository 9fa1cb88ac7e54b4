import type { UsageCode } from '../../catalogue/usageError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Explanation } from './explanation.ts';

/** The stable code of an error, which stands in brackets after its message. */
export type ErrorCode =
  | UsageCode
  | 'wrong-declaration'
  | 'wrong-trace'
  | 'wrong-log'
  | 'checkpoint-refused'
  | 'storage-failed'
  | 'model-crashed'
  | 'nondeterministic-model'
  | 'internal-error';

type Told = Pick<Explanation, 'meaning' | 'advice' | 'exitCode'>;

const { usage, storage, internal } = exitCodes;

/** What each error means, and what to do about it. */
export const errors: Readonly<Record<ErrorCode, Told>> = {
  'wrong-use': {
    meaning: 'Commands, options and files do not go together as they were given.',
    advice: 'Read "highwater <command> --help"; the message names the option.',
    exitCode: usage,
  },
  'unknown-name': {
    meaning: 'There is no model, property, defect, setting, bound or action of that name.',
    advice: 'The message has the nearest name, or all; "highwater list <model>" prints them.',
    exitCode: usage,
  },
  'wrong-value': {
    meaning: 'A setting, bound or option is known, and its value cannot be meant.',
    advice: 'The message says what was expected and what was found.',
    exitCode: usage,
  },
  'wrong-config': {
    meaning:
      'The configuration file (highwater.config.*) cannot be loaded, or says what it cannot.',
    advice: 'The message has the file and the place in it; docs/extending.md has every key.',
    exitCode: usage,
  },
  'unclear-cluster': {
    meaning: 'A file that should describe a cluster cannot be turned into one.',
    advice:
      'The message has file, place and what was expected; docs/cluster-descriptions.md has the formats.',
    exitCode: usage,
  },
  'unreadable-input': {
    meaning: 'A file or folder that was named is not there, or cannot be read.',
    advice: 'Check the path, from the folder in which the command runs.',
    exitCode: usage,
  },
  'unwritable-output': {
    meaning: 'A file or folder for results cannot be written. It is tried before a search begins.',
    advice: 'Name another, or make room for it; nothing is overwritten.',
    exitCode: usage,
  },
  'wrong-declaration': {
    meaning:
      'A schema, model, property or option of an engine is written so that it cannot be meant.',
    advice: 'The message names the place and what to write instead; docs/extending.md shows how.',
    exitCode: usage,
  },
  'wrong-trace': {
    meaning: 'A file is no trace of this format, or of a later version of it.',
    advice: 'The message has the place in the file; the schema is highwater/schema/trace.json.',
    exitCode: usage,
  },
  'wrong-log': {
    meaning: 'A log, or a line of one, cannot be read as what it seems to be.',
    advice: 'The message has file and line; docs/validating.md has what can be read.',
    exitCode: usage,
  },
  'checkpoint-refused': {
    meaning:
      'A search cannot go on from a checkpoint: it is damaged, in use, or of another run or model.',
    advice: 'Begin anew in an empty folder, or give the same command, model and sources again.',
    exitCode: usage,
  },
  'storage-failed': {
    meaning: 'A file could not be written or read during a search, as where the disk is full.',
    advice: 'Make room, or name another folder for checkpoints and frontiers.',
    exitCode: storage,
  },
  'model-crashed': {
    meaning:
      'Code of the model or of a property threw an error. This is no verdict on any property.',
    advice: 'The steps that lead there are printed; replay them, and mend what is named.',
    exitCode: internal,
  },
  'nondeterministic-model': {
    meaning: 'One function of the model gave two results for one state: it reads something else.',
    advice:
      'Look for variables outside the schema, the clock, Math.random, or order that is not fixed.',
    exitCode: internal,
  },
  'internal-error': {
    meaning: 'A mistake of Highwater itself.',
    advice: 'Run it again with HIGHWATER_DEBUG=1 and report what it prints.',
    exitCode: internal,
  },
};
