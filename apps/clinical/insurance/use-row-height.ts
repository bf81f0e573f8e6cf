import { useMediaQuery } from '@mantine/hooks'

/** px of a row: `--row` of theme.css, higher where a finger points. */
export const useRowHeight = (): number =>
  useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false }) ? 44 : 32
