import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compressed } from './compressed.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite apps/clinical` (live reload) talks to a server started by `npm start`; LANH_SERVER names another. */
const server = process.env.LANH_SERVER ?? 'http://127.0.0.1:8080'

/** Packages, and parts of Mantine, that the first page needs; parts that only later pages need stay with those. */
const MANTINE = 'Button|CloseButton|Input|InputBase|Kbd|Loader|Modal|ModalBase|Overlay|Paper|Popover|Portal|TextInput'
const TANSTACK = 'history|query-core|react-query|react-router|react-store|router-core|store'
const FIRST_PAGE = [
  'react|react-dom|react-i18next|scheduler|i18next|@floating-ui|@mantine/hooks',
  `@tanstack/(${TANSTACK})`,
  `@mantine/core/esm/(core|components/(Transition|UnstyledButton|${MANTINE}))`,
]
const EVERY_PAGE_NEEDS = new RegExp(`node_modules/(${FIRST_PAGE.join('|')})/`.replaceAll('/', String.raw`[\\/]`))

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
    // the base is one script on purpose (kB before compression)
    chunkSizeWarningLimit: 600,
    // what every page needs stays together: in many small files it would compress worse, and each costs a request
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: EVERY_PAGE_NEEDS }] } } },
  },
  // the desk's own pages are under /insurance too; these are what it asks the server
  server: { proxy: { '/fhir': server, '^/insurance/(imports|dossiers|months|rules|doubtful-joins)': server } },
})
