import { describeCounts } from '../describeCounts.ts';
import { manifest } from './manifest.ts';
import { zooKeeperIn } from './scope.ts';

// What takes a broker away has tens of thousands of states: `check` sees every action and transition on every change.
describeCounts('the model of ZooKeeper, scope by scope', manifest, zooKeeperIn, 'everything');
