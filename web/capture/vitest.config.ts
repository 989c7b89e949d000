import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '../../node_modules/.vite/capture',
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
