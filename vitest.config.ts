import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: '100%',
    // Modules keep no state of their own here; loading them once per worker saves a third of the time.
    isolate: false,
    testTimeout: 120_000,
  },
});
