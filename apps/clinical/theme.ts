import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** Mantine in our colours and density. The values themselves live in theme.css, for both colour schemes. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif",
  fontSizes: { xs: 'var(--text-s)', sm: 'var(--text-m)', md: 'var(--text-l)', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.45', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  defaultRadius: 'sm',
  radius: { sm: 'var(--radius)' },
  primaryColor: 'lanh',
  primaryShade: 8,
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: {
    lanh: [
      '#e6f6f4',
      '#cdeae6',
      '#a5d9d3',
      '#7fcfc5',
      '#5cc9bd',
      '#34a99d',
      '#1c8c81',
      '#117a70',
      '#0b6b63',
      '#085049',
    ],
  },
})

const sameInBoth = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-error': 'var(--danger)',
}

/** Mantine draws fields, menus and dialogs of its dark scheme from these greys. */
const darkGreys = {
  '--mantine-color-dark-0': 'var(--ink)',
  '--mantine-color-dark-2': 'var(--ink-soft)',
  '--mantine-color-dark-4': 'var(--line-strong)',
  '--mantine-color-dark-5': 'var(--hover)',
  '--mantine-color-dark-6': 'var(--surface)',
  '--mantine-color-dark-7': 'var(--ground)',
}

/** Mantine's own surfaces and inks follow our tokens, so that both themes come from one table. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: sameInBoth,
  dark: { ...sameInBoth, ...darkGreys },
})
