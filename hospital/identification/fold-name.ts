const MARKS = /\p{M}/gu

/** A name without marks, case and doubled spaces, so that `nguyen van a` and `Nguyễn Văn Á` meet. đ becomes d. */
export const foldName = (name: string): string =>
  name.normalize('NFD').replace(MARKS, '').replace(/đ/gi, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
