import { generate } from 'lean-qr';
import { useEffect, useRef } from 'preact/hooks';

/** A QR code, black on white in both themes: cameras need the contrast and the margin. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null)
      generate(text).toCanvas(canvas.current, { on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: 4 });
  }, [text]);
  return (
    <div class="qr">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
