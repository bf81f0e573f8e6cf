import '@fontsource-variable/inter/wght.css'
import './kit.css'
import './theme.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './routes.tsx'
import { keepGate, queryClient } from './server/index.ts'
import { askSession } from './session/ask-session.ts'
import { gatekeeper } from './session/gatekeeper.ts'
import { startTexts } from './text/index.ts'
import { cssVariables, theme } from './theme.ts'

keepGate(gatekeeper)
void askSession()
await startTexts()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
