// Picks records of a collection: by checkbox here, or by a click on the map, which does the same.
import { useMemo, useState } from 'react';
import { Checkbox, Input, Label, TextField } from 'react-aria-components';
import { useEvery } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { fold } from '../geo/fold.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf } from '../map/layers/layer.ts';
import { Button } from '../ui/Button.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';

interface Props {
  label: string;
  collection: string;
  keys: number[];
  onChange(keys: number[]): void;
}

const none: Item[] = [];

export function RecordPicker({ label, collection, keys, onChange }: Props) {
  const words = useWords();
  const layer = useLayer(collection);
  const every = useEvery(collection, layer !== undefined && !layer.visible);
  const [text, setText] = useState('');
  const items = (layer?.visible ? layer.records.data?.items : every.data?.items) ?? none;
  const shown = useMemo(() => items.filter((i) => fold(nameOf(i.properties)).includes(fold(text))), [items, text]);
  const toggle = (key: number, on: boolean) => onChange(on ? [...keys, key] : keys.filter((k) => k !== key));
  return (
    <div className="picker" role="group" aria-label={label}>
      <div className="section-head">
        <span className="label">{label}</span>
        <span>{words.say('count.of', { n: words.count(keys.length), all: words.count(items.length) })}</span>
      </div>
      <p className="note">{words.say('picker.hint')}</p>
      <TextField className="field" aria-label={words.say('picker.find')} value={text} onChange={setText}>
        <Label className="only-read">{words.say('picker.find')}</Label>
        <Input className="input" placeholder={words.say('picker.find')} />
      </TextField>
      <div className="picker-all">
        <Button look="link" onPress={() => onChange([...new Set([...keys, ...shown.map((i) => i.key)])])}>{words.say('picker.all', { n: shown.length })}</Button>
        <Button look="link" isDisabled={!keys.length} onPress={() => onChange([])}>{words.say('picker.none')}</Button>
      </div>
      <ul className="picker-list">
        {shown.map((item) => {
          const symbol = layer && symbolOf(layer.collection, item.properties);
          return (
            <li key={item.key}>
              <Checkbox className="check" isSelected={keys.includes(item.key)} onChange={(on) => toggle(item.key, on)}>
                <i />
                {symbol && <SymbolCanvas name={symbol} />}
                {nameOf(item.properties) || `#${item.key}`}
              </Checkbox>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
