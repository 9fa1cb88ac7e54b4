/*
 * Lets a worker thread read TypeScript before its program is loaded: a flag such as `--import tsx`
 * only reaches the main thread (Node 20), and would be looked up from the current directory.
 */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
