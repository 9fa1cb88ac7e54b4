import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Examples import the package by its name, as those do who begin from them.
  resolve: {
    alias: [
      { find: /^highwater$/, replacement: `${import.meta.dirname}/exports/highwater.ts` },
      { find: /^highwater\/(.*)$/, replacement: `${import.meta.dirname}/exports/$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: 'test/buildProgram.ts',
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: '100%',
    // Modules keep no state of their own here; loading them once per worker saves a third of the time.
    isolate: false,
    // Ends what never would; far from what any of them needs, also where the machine has much else to do.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
