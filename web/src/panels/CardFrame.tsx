// What every card of a record has: its heading, its state while it loads, and what can be done next.
import { useState, type ReactNode } from 'react';
import type { Item } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { anchorOf } from '../map/shapes.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';
import { nearestLayer, nearestTitle } from './nearest.ts';
import { RecordSheet } from './RecordSheet.tsx';

export interface CardProps {
  layer: Layer;
  item: Item | undefined;
  error: Error | null;
  /** Only the heading: the table below says the rest. */
  brief: boolean;
}

interface FrameProps extends CardProps {
  title: string;
  where: ReactNode;
  children: ReactNode;
}

export function CardFrame({ layer, item, error, brief, title, where, children }: FrameProps) {
  const { say } = useWords();
  const select = useView((v) => v.select);
  const symbol = item && symbolOf(layer.collection, item.properties);
  return (
    <section className="card" aria-label={title} data-testid="details">
      <header className="card-head">
        <SymbolMark mark={symbol ? { symbol } : layer.kind.mark} />
        <div>
          <h2>{title}</h2>
          {item && <p>{where}</p>}
        </div>
        <IconButton icon="close" label={say('action.close')} onPress={() => select(undefined)} />
      </header>
      {!item && !error && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {!item && error && <p className="state bad" role="alert">{error.message}</p>}
      {item && !brief && children}
    </section>
  );
}

/** @param help what the way to the nearest bases is called here */
export function Actions({ item, layer, title, help }: { item: Item; layer: Layer; title: string; help?: string }) {
  const words = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  const [open, setOpen] = useState(false);
  const nearest = nearestLayer(layers);
  const ask = () => {
    if (!item.geometry) return;
    const [lon, lat] = anchorOf(item.geometry);
    set({ place: { lon, lat } });
  };
  return (
    <footer className="card-actions">
      <Button onPress={() => setOpen(true)}>{words.say('card.open')}</Button>
      {item.geometry && nearest && <Button onPress={ask}>{help ?? nearestTitle(nearest, words)}</Button>}
      <RecordSheet item={item} layer={layer} title={title} open={open} close={() => setOpen(false)} />
    </footer>
  );
}
