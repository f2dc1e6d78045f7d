import {
  IconChartBar,
  IconKey,
  IconLayoutDashboard,
  IconListSearch,
  IconPlayerPlay,
  IconPlug,
  IconScript,
  IconUsers,
} from '@tabler/icons-react';

export const NAVIGATION = [
  {
    group: 'work',
    items: [
      { to: '/', key: 'overview', icon: IconLayoutDashboard, superadmin: false },
      { to: '/models', key: 'models', icon: IconListSearch, superadmin: false },
      { to: '/providers', key: 'providers', icon: IconPlug, superadmin: false },
      { to: '/playground', key: 'playground', icon: IconPlayerPlay, superadmin: false },
      { to: '/usage', key: 'usage', icon: IconChartBar, superadmin: false },
    ],
  },
  {
    group: 'manage',
    items: [
      { to: '/people', key: 'people', icon: IconUsers, superadmin: true },
      { to: '/tokens', key: 'tokens', icon: IconKey, superadmin: false },
      { to: '/audit', key: 'audit', icon: IconScript, superadmin: true },
    ],
  },
] as const;
