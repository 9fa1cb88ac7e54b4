import { describeCounts } from '../describeCounts.ts';
import { manifest } from './manifest.ts';
import { groupsIn } from './scope.ts';

describeCounts('the model of groups, scope by scope', manifest, groupsIn);
