import { Menu, UnstyledButton } from '@mantine/core'
import { IconLock, IconLogout, IconUserCircle, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OpenSession } from '#apps/server'
import { lock, signOut } from '../session/ask-session.ts'
import { BarButton } from './bar-button.tsx'
import { BarSwitches } from './bar-switches.tsx'
import { entriesFor } from './menu-entries.ts'
import classes from './top-bar.module.css'

interface Props {
  readonly session: OpenSession
  readonly onKeys: () => void
}

/** Who is signed in, their pages, and the ways out. Switching users has a button of its own: two touches at night. */
export function AccountMenu({ session, onKeys }: Props) {
  const { t } = useTranslation()
  const roles = session.roles.map((role) => t(`roles.${role}`)).join(', ')
  return (
    <>
      <BarButton icon={IconUsers} word={t('menu.switchUser')} onPress={() => void lock()} />
      <Menu position="bottom-end" width={280} withinPortal>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={t('menu.open', { name: session.display })}>
            <IconUserCircle size={18} aria-hidden />
            <span className={classes.me}>{session.display}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <strong className={classes.myName}>{session.display}</strong>
            {roles}
            {session.demo && ` · ${t('menu.demo')}`}
          </Menu.Label>
          <Menu.Divider />
          {entriesFor(session.roles).map(({ to, icon: Icon, text }) => (
            <Menu.Item key={text} component={Link} to={to} leftSection={<Icon size={16} aria-hidden />}>
              {t(`menu.${text}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <BarSwitches look="menu" onKeys={onKeys} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => void lock()}>
            {t('menu.lock')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
            {t('menu.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
