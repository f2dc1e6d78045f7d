import {
  ActionIcon,
  Button,
  Card,
  createTheme,
  Input,
  Modal,
  Paper,
  SegmentedControl,
  Table,
  Tabs,
  Tooltip,
} from '@mantine/core';
import { amber, brick, night, pine, stone } from './palette';
import { variantColors } from './variants';

const FONT = "'Switchboard Sans', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** One theme for both schemes: quiet surfaces, hairlines instead of shadows, one accent. */
export const theme = createTheme({
  colors: { pine, gray: stone, dark: night, amber, brick },
  primaryColor: 'pine',
  variantColorResolver: variantColors,
  primaryShade: { light: 7, dark: 6 },
  fontFamily: FONT,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Card: Card.extend({
      defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' },
      styles: { root: { '--paper-border-color': 'var(--line)' } },
    }),
    // Said in full, because a table that is laid out as cards on a phone would lose what it is.
    TableTbody: { defaultProps: { role: 'rowgroup' } },
    TableTr: { defaultProps: { role: 'row' } },
    TableTd: { defaultProps: { role: 'cell' } },
    Table: Table.extend({ styles: { table: { '--table-border-color': 'var(--line)' } } }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Modal: Modal.extend({
      styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } },
      defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false }, classNames: { list: 'tab-list' } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { radius: 'md' },
      vars: (_theme, { size }) => ({ root: size === 'xs' ? { '--sc-padding': '4px 11px' } : {} }),
    }),
  },
});
