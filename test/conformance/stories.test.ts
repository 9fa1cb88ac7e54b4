import { describe, expect, test } from 'vitest';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { brokerKinds } from '../../conformance/broker/kinds.ts';
import { controllerKinds } from '../../conformance/controller/kinds.ts';
import { kafkaVersions } from '../../conformance/kafka/jars.ts';
import type { Kind } from '../../conformance/lockstep/check.ts';
import { quorumKinds } from '../../conformance/quorum/kinds.ts';
import { togetherKinds } from '../../conformance/together/kinds.ts';

/** The steps of stories of this kind that its model does not have. */
function unknownSteps<State>(kind: Kind<State>): string[] {
  const labels = new Set(kind.model([]).instances.map(({ taken }) => labelOf(taken)));
  const told = kind.exceptions.filter(({ storyIn }) => storyIn === kind.name);
  const stories = [...told, ...kind.findings].flatMap(({ story }) => story);
  return stories.filter(step => !labels.has(step));
}

describe.each(kafkaVersions)('stories beside Kafka %s', version => {
  test('have steps of their models, and each a kind that tells it', () => {
    const [quorum, controller] = [quorumKinds(version), controllerKinds(version)];
    const [broker, together] = [brokerKinds(version), togetherKinds(version)];
    expect(quorum.flatMap(unknownSteps)).toEqual([]);
    expect(controller.flatMap(unknownSteps)).toEqual([]);
    expect(broker.flatMap(unknownSteps)).toEqual([]);
    expect(together.flatMap(unknownSteps)).toEqual([]);
    const names = new Set(
      [...quorum, ...controller, ...broker, ...together].map(({ name }) => name),
    );
    const exceptions = [...quorum, ...controller, ...broker].flatMap(kind =>
      kind.exceptions.filter(({ releases }) => releases.includes(version)),
    );
    expect(exceptions.length).toBeGreaterThan(0);
    for (const { storyIn, story, reason } of exceptions) {
      expect(names).toContain(storyIn);
      expect(story.length).toBeGreaterThan(0);
      expect(reason).toMatch(/\.$/);
    }
  });

  test('of findings are of models that can be told to be better', () => {
    const findings = quorumKinds(version).flatMap(kind =>
      kind.findings.map(({ name }) => kind.model([name]).model.config['repairs']),
    );
    expect(findings.length).toBeGreaterThan(0);
    for (const repairs of findings) expect(repairs).toHaveLength(1);
  });
});
