import manifest from '../../../package.json' with { type: 'json' }

/** The version of this program, as its package names it. */
export const version: string = manifest.version
