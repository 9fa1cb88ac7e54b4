import {
  controllerOf,
  isInOrder,
  type ZooKeeperFacts,
  type ZooKeeperProgress,
} from './zooKeeperScope.ts';

/** As long as somebody could be it, there will be a controller that acts. */
export function aControllerActs(facts: ZooKeeperFacts): ZooKeeperProgress {
  return {
    name: 'a-controller-acts',
    kind: 'leadsTo',
    statement: 'While a broker is registered and in order, some broker acts as the controller.',
    loss: 'Nobody elects leaders, and nobody tells brokers what they are.',
    source: 'KafkaController.elect, processReelect; KAFKA-13407',
    needs: 'another controller',
    when: state =>
      controllerOf(state) === undefined && facts.broker.all.some(each => isInOrder(state, each)),
    goal: state =>
      controllerOf(state) !== undefined || !facts.broker.all.some(each => isInOrder(state, each)),
  };
}
