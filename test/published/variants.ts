import { type AnyAction, type AnyModel, defineModel } from '../../checker/model/model.ts';
import { initialState, type Spec } from './kafkaReplication.ts';
import { fencedReplication } from './kip320.ts';
import { firstTryReplication } from './kip320FirstTry.ts';
import { commonActions } from './sharedActions.ts';
import { truncateToEpochEnd, truncateToHighWatermark, truncateToLastMatch } from './truncation.ts';
import { unfencedReplication } from './unfenced.ts';

/** The five protocols of hachikuji/kafka-specification, by the names of their modules. */
export const variantNames = [
  'KafkaTruncateToHighWatermark',
  'Kip101',
  'Kip279',
  'Kip320FirstTry',
  'Kip320',
] as const;
export type VariantName = (typeof variantNames)[number];

/** The actions of each variant, next to the common ones: the operator Next of its module. */
const ownActions: Readonly<Record<VariantName, (spec: Spec) => AnyAction[]>> = {
  KafkaTruncateToHighWatermark: spec => [
    ...unfencedReplication(spec),
    truncateToHighWatermark(spec),
  ],
  Kip101: spec => [...unfencedReplication(spec), truncateToEpochEnd(spec)],
  Kip279: spec => [...unfencedReplication(spec), truncateToLastMatch(spec)],
  Kip320FirstTry: firstTryReplication,
  Kip320: fencedReplication,
};

/** The model of one variant. */
export function modelOf(variant: VariantName, spec: Spec): AnyModel {
  return defineModel({
    name: `published-${variant}`,
    version: 1,
    config: { variant, ...spec.scope },
    bounds: {},
    defects: [],
    schema: spec.schema,
    recorders: {},
    initialStates: [initialState(spec)],
    actions: [...commonActions(spec), ...ownActions[variant](spec)],
  });
}
