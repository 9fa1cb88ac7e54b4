import { describedModel } from '../../../catalogue/describedModel.ts';
import type { TypedSpecification } from '../../../checker/model/extendModel.ts';
import type { NodeType } from '../../../checker/state/nodeType.ts';
import {
  boundWords,
  defaultConfig,
  type LampBounds,
  type LampConfig,
  LampConfigError,
  type LampDefect,
  lampDefects,
  lampMainJob,
  lampModel,
  lampProperties,
  largeScope,
  quietScope,
  settingWords,
  smallScope,
} from './model.ts';

interface LampSpecification extends TypedSpecification<never, never, 'failures', object> {
  readonly lamp: NodeType<'lamp'>;
}

/** The descriptor of a model that is in no catalogue: as one in `catalogue/` is written. */
export const lampsDescribed = describedModel<LampConfig, LampBounds, LampDefect, LampSpecification>(
  {
    name: 'lamps',
    summary: 'lamps that are switched on, and fail',
    page: 'docs/lamps.md',
    defaultConfig,
    settings: settingWords,
    headline: ['lamps'],
    bounds: boundWords,
    quietScope,
    smallScope,
    largeScope,
    mainJob: lampMainJob,
    defects: lampDefects,
    ConfigError: LampConfigError,
    model: lampModel,
    properties: lampProperties,
  },
);
