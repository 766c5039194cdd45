import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // The command line is tested as users get it: built.
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30_000,
    // Two workers: collector and command tests start processes of their own.
    maxWorkers: 2,
  },
})
