// The whole record: every field that it holds, and the same as the API gives it.
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSchema } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import type { Layer } from '../app/world.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { anchorOf } from '../map/shapes.ts';
import { usePrefs } from '../state/prefs.ts';
import { IconButton } from '../ui/Button.tsx';

interface Props {
  item: Item;
  layer: Layer;
  title: string;
  open: boolean;
  close(): void;
}

export function RecordSheet({ item, layer, title, open, close }: Props) {
  const words = useWords();
  const schema = useSchema(layer.collection.id);
  const format = usePrefs((p) => p.coords);
  const at = item.geometry ? formatCoord(...anchorOf(item.geometry), format) : words.say('card.noPlace');
  const held = (schema.data ?? layer.fields).filter((f) => !f.geometry && item.properties[f.name] !== null && item.properties[f.name] !== undefined && item.properties[f.name] !== '');
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(o) => !o && close()} isDismissable>
      <Modal>
        <Dialog className="card record-sheet">
          <header className="card-head">
            <div>
              <Heading slot="title">{title}</Heading>
              <p>{words.say('card.record', { name: words.collection(layer.collection), key: item.key })} · <bdi dir="ltr">{at}</bdi></p>
            </div>
            <IconButton icon="close" label={words.say('action.close')} onPress={close} />
          </header>
          <dl className="facts">
            {held.map((f) => <div key={f.name}><dt>{words.field(f)}</dt><dd>{words.value(f, item.properties[f.name])}</dd></div>)}
          </dl>
          <p className="note"><a href={`/api/collections/${encodeURIComponent(layer.collection.id)}/items/${item.key}`} target="_blank" rel="noreferrer">{words.say('card.json')}</a></p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
