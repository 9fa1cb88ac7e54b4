import type { SwarmResult } from '../../application/swarm/conclude.ts';
import type { SeedRange } from '../../application/swarm/swarm.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import { propertyLines, scopeLines, verdictStyles } from '../exploration/explorationText.ts';
import type { TextLayout } from '../output/style.ts';

/** What a swarm came to, without its stories. */
export function swarmText(result: SwarmResult, layout: TextLayout): string[] {
  const { model, properties, tally, verdict } = result;
  return [
    ...scopeLines(model, swarmSearch(result), layout),
    '',
    ...propertyLines(properties, layout),
    '',
    ...wrap(playedText(result), layout.width),
    ...wrap(coverageText(tally.coverage), layout.width),
    `verdict: ${layout.style(verdictStyles[verdict], verdict)}`,
  ];
}

function swarmSearch({ swarm: { seeds, runs, maxSteps } }: SwarmResult): string {
  const each = `${counted(runs, 'random run')} of up to ${counted(maxSteps, 'step')} each`;
  return `${seedsText(seeds)}, ${each}`;
}

function seedsText({ first, count }: SeedRange): string {
  return count === 1 ? `seed ${first}` : `seeds ${first} to ${first + count - 1}`;
}

/** What exactly was played; it never claims more. */
function playedText({ swarm, seeds, tally, violations }: SwarmResult): string {
  const { runs, steps, longest, statesOfSeeds } = tally;
  const last = seeds.first + seeds.count - 1;
  const played =
    `${seedsText(seeds)}: ${counted(runs, 'random run')}, ${counted(steps, 'step')}, ` +
    `the longest run ${counted(longest, 'step')}; ${grouped(statesOfSeeds)} distinct states of seeds, ` +
    'of which several may have seen the same.';
  const isShort = !swarm.keepGoing && violations.length > 0 && seeds.count < swarm.seeds.count;
  return isShort ? `${played} The seeds after ${last} were not looked at.` : played;
}
