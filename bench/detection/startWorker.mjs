/* Threads start without a loader for TypeScript, and bring their own. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
