import { describeCounts } from '../describeCounts.ts';
import { manifest } from './manifest.ts';
import { clientsIn } from './scope.ts';

describeCounts('the model of clients, scope by scope', manifest, clientsIn);
