import { neutralise } from '../text/neutralise';

/** A model id, slug, key end or address: always left to right, never mixed with the text around it. */
export function Identifier({ value, limit = 160 }: { readonly value: string; readonly limit?: number }) {
  return (
    <bdi dir="ltr" className="identifier">
      {neutralise(value, limit).map((piece, index) =>
        piece.control ? (
          <span key={index} className="visible-control">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}
