import { defineConfig } from 'highwater';
import { lockService } from './lockService.ts';

export default defineConfig({
  models: [lockService()],
  seed: 1,
  thresholds: { actions: 1, antecedents: 1, goals: 'all' },
});
