import { SETTINGS, type Setting } from './settings.ts'

/** What `lanh --help` prints. @param commands name, what it takes, and a sentence */
export function helpText(commands: readonly { usage: string; help: string }[]): string {
  const options = Object.values<Setting<unknown>>(SETTINGS).map(({ flag, variable, takes, fallback, help }) => ({
    usage: [flag && (takes ? `${flag} ${takes}` : flag), variable].filter(Boolean).join(', '),
    help: takes && fallback ? `${help} (default: ${fallback})` : help,
  }))
  return [
    'Lành: the electronic medical record that takes a hospital off paper',
    '',
    'Usage: lanh COMMAND [OPTIONS]',
    '',
    table('Commands', commands),
    '',
    table('Options and environment variables', options),
    '',
  ].join('\n')
}

function table(title: string, rows: readonly { usage: string; help: string }[]): string {
  const width = Math.max(...rows.map(({ usage }) => usage.length))
  return [`${title}:`, ...rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`)].join('\n')
}
