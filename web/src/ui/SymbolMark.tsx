// A map symbol off the map: the same drawing, on a small canvas or as a line or patch.
import { useEffect, useRef } from 'react';
import type { Mark } from '../map/layers/layer.ts';
import { density, drawSymbol } from '../map/symbols.ts';
import { readTokens } from '../map/tokens.ts';
import { usePrefs } from '../state/prefs.ts';

export function SymbolMark({ mark }: { mark: Mark }) {
  if ('symbol' in mark) return <SymbolCanvas name={mark.symbol} />;
  if ('area' in mark) return <span className="mark-area" style={{ '--mark': `var(--${mark.area.colour})` } as React.CSSProperties} />;
  const { colour, width, dash } = mark.line;
  return (
    <svg className="mark-line" width="26" height="12" aria-hidden="true">
      <line x1="1" x2="25" y1="6" y2="6" stroke={`var(--${colour})`} strokeWidth={width} strokeDasharray={dash?.map((d) => d * width).join(' ')} />
    </svg>
  );
}

/** The square that symbols stand in beside text. */
const side = 32 * density;

export function SymbolCanvas({ name }: { name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = usePrefs((p) => p.theme);
  useEffect(() => {
    const drawn = drawSymbol(name, readTokens());
    const pen = canvas.current?.getContext('2d');
    pen?.clearRect(0, 0, side, side);
    pen?.drawImage(drawn, (side - drawn.width) / 2, (side - drawn.height) / 2);
  }, [name, theme]);
  return <canvas ref={canvas} className="mark-symbol" width={side} height={side} aria-hidden="true" />;
}
