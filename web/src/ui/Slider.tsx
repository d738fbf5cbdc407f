// A slider: one number by dragging or by the arrow keys. A drag from press to release is one gesture.
import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';

interface Props {
  label: string;
  value: number;
  least: number;
  most: number;
  step: number;
  onChange(value: number): void;
  onBegin?(): void;
  onEnd?(): void;
}

export function Slider({ label, value, least, most, step, onChange, onBegin, onEnd }: Props) {
  const held = Math.min(most, Math.max(least, value));
  return (
    <AriaSlider className="slider" aria-label={label} value={held} minValue={least} maxValue={most} step={step} onChange={(v) => { onBegin?.(); onChange(v); }} onChangeEnd={() => onEnd?.()}>
      <SliderTrack className="slider-track">
        <i style={{ inlineSize: `${((held - least) / (most - least)) * 100}%` }} />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </AriaSlider>
  );
}
