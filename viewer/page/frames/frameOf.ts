import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { clusterCuts, clusterLaneState, clusterLanes, clusterView } from './cluster/clusterView.ts';
import type { Frame } from './frame.ts';
import { GenericCluster } from './generic/GenericCluster.tsx';
import { genericLaneState, genericLanes } from './generic/genericLanes.ts';
import { kraftCuts, kraftLaneState, kraftLanes, kraftView } from './kraft/kraftView.ts';
import {
  replicationCuts,
  replicationLaneState,
  replicationLanes,
  replicationView,
} from './replication/replicationView.ts';
import { type Shape, shapeOf } from './shapeOf.ts';
import {
  transactionsLaneState,
  transactionsLanes,
  transactionsView,
} from './transactions/transactionsView.ts';
import { clusterOf } from './view/StateView.tsx';
import { zooKeeperLaneState, zooKeeperLanes, zooKeeperView } from './zookeeper/zooKeeperView.ts';
import './frames.css';
import './logs.css';

const frames: Readonly<Record<Shape, Frame>> = {
  replication: {
    lanes: replicationLanes,
    laneState: replicationLaneState,
    cuts: replicationCuts,
    Cluster: clusterOf(replicationView),
  },
  kraft: {
    lanes: kraftLanes,
    laneState: kraftLaneState,
    cuts: kraftCuts,
    Cluster: clusterOf(kraftView),
  },
  cluster: {
    lanes: clusterLanes,
    laneState: clusterLaneState,
    cuts: clusterCuts,
    Cluster: clusterOf(clusterView),
  },
  transactions: {
    lanes: transactionsLanes,
    laneState: transactionsLaneState,
    cuts: () => [],
    Cluster: clusterOf(transactionsView),
  },
  zookeeper: {
    lanes: zooKeeperLanes,
    laneState: zooKeeperLaneState,
    cuts: () => [],
    Cluster: clusterOf(zooKeeperView),
  },
  generic: {
    lanes: genericLanes,
    laneState: genericLaneState,
    cuts: () => [],
    Cluster: GenericCluster,
  },
};

/** The view of the state of a trace's model: that of the models known, or one for any other. */
export function frameOf(trace: TraceFile): Frame {
  return frames[shapeOf(trace)];
}
