import { modelTest } from 'highwater/vitest';
import { lockService } from './lockService.ts';

// Fails on purpose: README.md tells why, and how to mend it.
modelTest('the lock service', lockService());
