import { simulate } from '../../checker/random/simulate.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { moduleOf, specify } from './specify.ts';
import type { Subject } from './work.ts';

/*
 * This engine as a program beside the others; what came of it is printed as JSON:
 * highwater <two-phase|kip320> <scope: numbers with commas> explore <off|on: symmetry> <workers>
 * highwater <two-phase|kip320> <scope> simulate <runs> <longest run>
 */
const [model = '', scope = '', what = '', first = '', second = ''] = process.argv.slice(2);
if (model !== 'two-phase' && model !== 'kip320') throw new Error(`there is no model "${model}"`);
const subject: Subject = { model, scope: scope.split(',').map(Number) };

async function explored() {
  const extent = { symmetry: first === 'on', workers: Number(second) };
  const result = await exploreInParallel(moduleOf(subject), extent);
  const { distinctStates: distinct, generatedStates: generated, violations, stopped } = result;
  if (stopped !== undefined) throw new Error(`ended early: ${stopped}`);
  return { distinct, generated, broken: violations.map(({ property }) => property) };
}

async function played() {
  const specification = specify(subject);
  const extent = { seed: 1, runs: Number(first), maxSteps: Number(second), strictViews: false };
  const result = await simulate(specification.model, specification.properties, extent);
  return { steps: result.steps, broken: result.violations.map(({ property }) => property) };
}

const outcome = what === 'explore' ? await explored() : await played();
process.stdout.write(`${JSON.stringify(outcome)}\n`);
