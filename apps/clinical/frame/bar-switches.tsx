import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languageNow, switchLanguage } from '../text/index.ts'
import { BarButton } from './bar-button.tsx'

interface Props {
  /** in the bar itself, or as lines of the menu of whoever is signed in */
  readonly look: 'bar' | 'menu'
  readonly onKeys: () => void
}

/** Language, colours and the list of keys. */
export function BarSwitches({ look, onKeys }: Props) {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const switches = [
    {
      icon: IconLanguage,
      word: t('frame.language'),
      hint: t('frame.languageHint'),
      onPress: () => switchLanguage(languageNow() === 'vi' ? 'en' : 'vi'),
    },
    {
      icon: dark ? IconSun : IconMoon,
      word: t(dark ? 'frame.toLight' : 'frame.toDark'),
      onPress: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    { icon: IconKeyboard, word: t('frame.keys'), hint: `${t('frame.keys')} (?)`, onPress: onKeys },
  ]
  return switches.map(({ icon: Icon, word, hint = word, onPress }) =>
    look === 'bar' ? (
      <BarButton key={word} icon={Icon} word={word} hint={hint} onPress={onPress} />
    ) : (
      <Menu.Item key={word} leftSection={<Icon size={16} aria-hidden />} title={hint} onClick={onPress}>
        {word}
      </Menu.Item>
    ),
  )
}
