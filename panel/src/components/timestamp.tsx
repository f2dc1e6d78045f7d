import { useFormats } from '../app/preferences-provider';

/** How long ago, with the exact moment on hover and for machines. */
export function Timestamp({ value }: { readonly value: string | null | undefined }) {
  const formats = useFormats();
  if (!value) return <span>–</span>;
  return (
    <time dateTime={value} title={formats.dateTime(value)} style={{ whiteSpace: 'nowrap' }}>
      <bdi>{formats.relative(value)}</bdi>
    </time>
  );
}
