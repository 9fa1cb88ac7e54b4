import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import {
  defaultConfig,
  largeScope,
  type PipelineBounds,
  type PipelineConfig,
  PipelineConfigError,
  quietScope,
} from '../../../models/pipeline/config.ts';
import { pipelineDefects } from '../../../models/pipeline/defects.ts';
import { pipelineModel } from '../../../models/pipeline/model.ts';
import { nodesOf } from '../../../models/pipeline/nodes.ts';
import { pipelineProperties } from '../../../properties/pipeline.ts';
import { casesOf, everyFew } from '../../long.ts';

const repaired: PipelineConfig = { ...defaultConfig, repairs: ['all'] };

describe('the nodes of a pipeline', () => {
  test('are brokers and a topic of several parts, and processes of which each is two', () => {
    const { clients, groups, transactions } = nodesOf(defaultConfig);
    expect(clients.broker).toBe(groups.broker);
    expect(transactions.broker).toBe(groups.broker);
    expect(clients.partition).toBe(groups.partition);
    const { partition, producer } = transactions;
    expect(partition.all.map(each => partition.nameOf(each))).toEqual(['output-1', 'offsets']);
    expect(producer.all.map(each => producer.nameOf(each))).toEqual(['member-1', 'member-2']);
    expect(producer.named('member-2')).toBe(groups.member.named('member-2'));
  });
});

describe('a pipeline that cannot be', () => {
  test.each<[string, Partial<PipelineConfig>, Partial<PipelineBounds>]>([
    ['members: expected a whole number from 1 to 2, found 3', { members: 3 }, {}],
    ['kafka: expected a Kafka release from 2.5', { kafka: '2.4' }, {}],
    ['acks: expected all', { acks: '1' }, {}],
    ['protocol: expected classic before 4.0', { kafka: '3.9', protocol: 'consumer' }, {}],
    ['crashes: expected a whole number from 0 to 8, found 9', {}, { crashes: 9 }],
  ])('is refused: %s', (message, config, bounds) => {
    const build = () =>
      pipelineModel({ ...defaultConfig, ...config }, { ...quietScope, ...bounds });
    expect(build).toThrow(PipelineConfigError);
    expect(build).toThrow(message);
  });
});

test('a pipeline of one process in which nothing fails is explored completely', async () => {
  const config = { ...repaired, members: 1, brokers: 2 };
  const model = pipelineModel(config, quietScope);
  const result = await exploreExhaustively(model, pipelineProperties(config, quietScope), {});
  expect(result.violations).toEqual([]);
  expect(result).toMatchObject({ distinctStates: 292, generatedStates: 705, depth: 36 });
});

describe('everything together, in random runs', () => {
  test.each(everyFew<Partial<PipelineConfig>>([{}, { protocol: 'consumer' }, { kafka: '2.5' }], 3))(
    'breaks nothing: %j',
    async change => {
      const config = { ...repaired, ...change };
      const model = pipelineModel(config, largeScope);
      const options = { seed: 3, runs: casesOf(20, 400), maxSteps: 300 };
      const result = await simulate(model, pipelineProperties(config, largeScope), options);
      expect(result.violations).toEqual([]);
      const { actions } = result.coverage;
      for (const name of ['handleOffsets', 'failOverOffsets', 'crashBroker', 'readOutput']) {
        expect(actions[name], name).toBeGreaterThan(0);
      }
    },
  );

  test.each(everyFew(pipelineDefects, 4))('notices $name', async defect => {
    const bounds = { ...quietScope, ...defect.bounds };
    const own = pipelineProperties(repaired, bounds).filter(({ name }) => name === defect.caughtBy);
    const model = pipelineModel(repaired, bounds, [defect]);
    const options = { seed: 1, runs: 3000, maxSteps: 300, proofStates: 0 };
    const { violations } = await simulate(model, own, options);
    expect(violations.map(({ property }) => property)).toEqual([defect.caughtBy]);
  });
});
