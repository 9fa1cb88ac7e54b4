import { type EnginePort, startEngine } from './engine.ts';
import { modelsOf, type OwnModule } from './ownModel.ts';

/* The program of the worker of a page, after which a module of somebody's own may have been put (site/page). */

declare const self: EnginePort & { readonly highwaterOwn?: OwnModule };

const own = self.highwaterOwn;
startEngine(self, own === undefined ? undefined : () => modelsOf(own));
