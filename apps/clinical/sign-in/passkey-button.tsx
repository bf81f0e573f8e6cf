import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'

interface Props {
  readonly isBusy: boolean
  readonly onPress: () => void
  /** the cursor begins here */
  readonly isFirst?: boolean
  /** the way that is recommended */
  readonly isMain?: boolean
  readonly word?: string
}

/** One touch: a fingerprint, a face or a key. */
export function PasskeyButton({ isBusy, onPress, isFirst = false, isMain = isFirst, word }: Props) {
  const button = useArrivalFocus(isFirst)
  const t = useSignInText()
  return (
    <div>
      <Button
        size="md"
        fullWidth
        variant={isMain ? 'filled' : 'default'}
        leftSection={<IconFingerprint size={22} aria-hidden />}
        disabled={isBusy}
        onClick={onPress}
        ref={button}
        data-autofocus={isFirst || undefined}
      >
        {word ?? t('passkey')}
      </Button>
      <p className={classes.hint}>{t('passkeyWhy')}</p>
    </div>
  )
}
