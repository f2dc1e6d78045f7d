import { neutralise } from '../text/neutralise';

interface PlainTextProps {
  readonly value: string | null | undefined;
  readonly limit?: number;
}

/** Text that came from elsewhere: isolated from the direction around it, controls drawn instead of obeyed. */
export function PlainText({ value, limit }: PlainTextProps) {
  return (
    <bdi dir="auto">
      {neutralise(value ?? '', limit).map((piece, index) =>
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
