import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSignOut } from '../api/session.ts';
import type { Role, Session } from '../api/types.ts';
import { Name } from '../pieces/name.tsx';

const roleWords: Record<Role, string> = {
  read_only: 'May read',
  regular: 'Member',
  admin: 'Administrator',
  owner: 'Owner',
};

/** Who is signed in, how the pages look, and the way out. */
export function PersonMenu({ session }: { session: Session }) {
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={264} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${session.user.name}`} style={{ borderRadius: '50%' }}>
          <Avatar size={30} radius="xl" color="indigo" name={session.user.name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text fw={600} size="sm" component="div">
            <Name>{session.user.name}</Name>
          </Text>
          <Text size="xs" c="var(--ink-soft)" component="div">
            <Name>{session.user.email}</Name>
            <Name>{`${roleWords[session.role]} · ${session.organization.name}`}</Name>
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        <div style={{ padding: '2px 10px 8px' }}>
          <SchemeSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
        <Menu.Label>Version {session.version}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label="Appearance"
      value={colorScheme}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
      data={[
        { value: 'auto', label: <SchemeLabel icon={<IconDeviceDesktop size={14} aria-hidden />} word="System" /> },
        { value: 'light', label: <SchemeLabel icon={<IconSun size={14} aria-hidden />} word="Light" /> },
        { value: 'dark', label: <SchemeLabel icon={<IconMoon size={14} aria-hidden />} word="Dark" /> },
      ]}
    />
  );
}

function SchemeLabel({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <span style={{ display: 'inline-flex', gap: 5, alignItems: 'center' }}>
      {icon}
      {word}
    </span>
  );
}
