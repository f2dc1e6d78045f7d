import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Relative base: the same files work under any prefix, because the server writes `<base href>`. */
export default defineConfig(({ command }) => {
  // A build is a production build, also where a test runner has set NODE_ENV.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    base: './',
    plugins: [react()],
    build: {
      outDir: 'dist',
      target: 'es2022',
      assetsInlineLimit: 0,
      reportCompressedSize: true,
      chunkSizeWarningLimit: 600,
    },
    server: {
      host: '127.0.0.1',
      port: 5173,
      proxy: { '/api': 'http://127.0.0.1:3000', '/media': 'http://127.0.0.1:3000' },
    },
  };
});
