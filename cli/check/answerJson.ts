import type { JudgedFinding, Policy } from '../../application/advice/policy.ts';
import type { WrittenAdvice } from '../../application/advice/writtenAdvice.ts';
import type { ClassCell } from '../../application/answer/cells.ts';
import type { ClusterAnswer, TopicClass } from '../../application/answer/clusterAnswer.ts';

/** What the failure of nodes costs, as JSON; the stories are among the explorations, by scope. */
export function answerJson({ failures, classes, weakAcks, controllersMayFail }: ClusterAnswer) {
  return {
    controllersMayFail: controllersMayFail ?? null,
    failures: failures.map(({ kind, title, what }) => ({ kind, title, what })),
    classes: classes.map(classJson),
    weakAcks: weakAcks.map(({ acks, where, story }) => ({
      acks,
      where,
      steps: story?.steps.length ?? null,
    })),
  };
}

/** A change that helps, with the lines that it takes. */
export function adviceJson({ title, effort, costs, buys, worse, edits, answer }: WrittenAdvice) {
  return {
    ...{ title, effort, costs, buys, worse },
    edits: edits.map(({ file, line, before, after }) => ({
      file,
      line,
      before: before ?? null,
      after,
    })),
    answer: answerJson(answer),
  };
}

/** One thing that a failure costs; what it hangs on is only known under a policy. */
export function findingJson(
  { id, what, topic, cause, message, place, fails, accepted }: JudgedFinding,
  policy: Policy | undefined,
) {
  return {
    ...{ id, what, topic, message },
    cause: policy === undefined ? null : cause,
    place: place ?? null,
    fails: policy === undefined ? null : fails,
    accepted: accepted ?? null,
  };
}

function classJson({ topics, replicationFactor, minimum, cells }: TopicClass) {
  return {
    topics,
    replicationFactor,
    minimum,
    costs: cells.map(costJson),
  };
}

function costJson({ failure, lost, stops, story }: ClassCell) {
  return {
    failure: failure.title,
    lost,
    stops,
    scope: story?.scope ?? null,
    steps: story?.trace.steps.length ?? null,
  };
}
