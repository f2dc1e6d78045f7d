import { useEffect, useState } from 'react';

const SAFE = /^(image\/(png|jpeg|webp|gif|avif)|audio\/[\w.+-]+)$/;

/** An address for bytes that came inside an answer, or for the server's own media; never for another host. */
export function useBlobAddress(base64: string | null, mime: string, url: string | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!base64 || !SAFE.test(mime)) {
      const own = url === null ? null : new URL(url, document.baseURI);
      setAddress(own && own.origin === location.origin ? own.toString() : null);
      return undefined;
    }
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: mime }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [base64, mime, url]);
  return address;
}
