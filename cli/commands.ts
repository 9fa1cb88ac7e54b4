import type { Command } from 'commander';
import type { CommandIo } from './output/io.ts';

type AddCommand = (program: Command, io: CommandIo) => void;

/** How each command is loaded, in the order of the help text: most of what one needs no other does. */
const commands = new Map<string, () => Promise<AddCommand>>([
  ['check', async () => (await import('./commands/check.ts')).addCheckCommand],
  ['plan', async () => (await import('./commands/plan.ts')).addPlanCommand],
  ['explore', async () => (await import('./commands/explore.ts')).addExploreCommand],
  ['simulate', async () => (await import('./commands/simulate.ts')).addSimulateCommand],
  ['swarm', async () => (await import('./commands/swarm.ts')).addSwarmCommand],
  ['liveness', async () => (await import('./commands/liveness.ts')).addLivenessCommand],
  ['replay', async () => (await import('./commands/replay.ts')).addReplayCommand],
  ['show', async () => (await import('./commands/show.ts')).addShowCommand],
  ['view', async () => (await import('./commands/view.ts')).addViewCommand],
  ['shrink', async () => (await import('./commands/shrink.ts')).addShrinkCommand],
  ['sample', async () => (await import('./commands/sample.ts')).addSampleCommand],
  ['corpus', async () => (await import('./commands/corpus.ts')).addCorpusCommand],
  ['defects', async () => (await import('./commands/defects.ts')).addDefectsCommand],
  ['list', async () => (await import('./commands/list.ts')).addListCommand],
  ['explain', async () => (await import('./commands/explain.ts')).addExplainCommand],
  ['validate', async () => (await import('./commands/validate.ts')).addValidateCommand],
  ['time', async () => (await import('./commands/time.ts')).addTimeCommand],
  ['live', async () => (await import('./commands/live.ts')).addLiveCommand],
  ['trogdor', async () => (await import('./commands/trogdor.ts')).addTrogdorCommand],
  ['init', async () => (await import('./commands/init.ts')).addInitCommand],
]);

/** Adds the command that these arguments ask for, or all of them where they ask for none of them. */
export async function addCommands(
  program: Command,
  io: CommandIo,
  args: readonly string[],
): Promise<void> {
  if (args[0] === '--version' || args[0] === '-V') return;
  const asked = commands.get(wordsOf(args)[0] ?? '');
  for (const load of asked === undefined ? commands.values() : [asked]) (await load())(program, io);
}

/** The arguments without the one option that may come before a command. */
function wordsOf(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args;
  if (first === '--config') return wordsOf(rest.slice(1));
  return first.startsWith('--config=') ? wordsOf(rest) : args;
}
