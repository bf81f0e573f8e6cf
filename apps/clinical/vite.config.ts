import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compressed } from './compressed.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite apps/clinical` (live reload) talks to a server started by `npm start`; LANH_SERVER names another. */
const server = process.env.LANH_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: here('.'),
  plugins: [react(), compressed()],
  build: {
    outDir: here('../../dist/clinical'),
    emptyOutDir: true,
    target: 'es2022',
    // fonts stay files: the strict content security policy allows no data: fonts
    assetsInlineLimit: 0,
    // the route chunks are small; fetching them ahead by script tags would break the first-load budget
    modulePreload: { polyfill: false },
  },
  // the desk's own pages are under /insurance too; these are what it asks the server
  server: { proxy: { '/fhir': server, '^/insurance/(imports|dossiers|months|rules|doubtful-joins)': server } },
})
