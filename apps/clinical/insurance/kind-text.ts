import type { useDeskText } from './text/use-desk-text.ts'
import { deskVi } from './text/vi.ts'

type Text = ReturnType<typeof useDeskText>

const isKind = (code: string): code is keyof typeof deskVi.kinds => code in deskVi.kinds

/** MA_LOAI_KCB in words; a code without words stays the code. @source QĐ 824/QĐ-BYT (2023) */
export const kindText = (code: string, t: Text): string => (isKind(code) ? t(`kinds.${code}`) : code)
