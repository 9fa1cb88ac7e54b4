import { describeCounts } from '../describeCounts.ts';
import { manifest } from './manifest.ts';
import { transactionsIn } from './scope.ts';

describeCounts('the model of transactions, scope by scope', manifest, transactionsIn, [
  // What is added is refused after an error, of which the other process has to know.
  'transactionalProducer: abortableError -fail-> fatalError',
]);
