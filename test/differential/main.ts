import { parseArgs } from 'node:util';
import { Distribution, type Found, foundText, smallest, tryModel } from './runModels.ts';

/*
 * Compares many drawn models with the reference: npm run differential -- --models 100000 --seed 1
 * The last line is the command again, what came of it, and how the models are distributed.
 */
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    'no-views': { type: 'boolean', default: false },
    /** Stop at the first difference, without making it smaller. */
    first: { type: 'boolean', default: false },
  },
});
const [models, seed, from] = [values.models, values.seed, values.from].map(Number) as [
  number,
  number,
  number,
];
const draw = { seed, looksAtViews: !values['no-views'] };
const MOST_SHOWN = 5;
const PROGRESS_EVERY = 1000;

const distribution = new Distribution();
const before = process.cpuUsage();
let differences = 0;
let first: Pick<Found, 'number' | 'comparison'> | undefined;
for (let number = from; number < from + models; number++) {
  const tried = await tryModel(draw, number);
  if (tried === undefined || !('problem' in tried)) {
    distribution.add(tried);
  } else {
    differences++;
    first ??= { number: tried.number, comparison: tried.comparison };
    process.stdout.write(`${foundText(draw, values.first ? tried : await smallest(tried))}\n\n`);
    if (values.first || differences === MOST_SHOWN) break;
  }
  const done = number - from + 1;
  if (done % PROGRESS_EVERY === 0) process.stderr.write(`${done} of ${models} models\n`);
}
const { user, system } = process.cpuUsage(before);
const summary = {
  command: `npm run differential -- ${process.argv.slice(2).join(' ')}`,
  differences,
  ...(first === undefined ? {} : { first }),
  ...distribution.data,
  cpuSeconds: Math.round((user + system) / 1e6),
};
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = differences === 0 ? 0 : 1;
