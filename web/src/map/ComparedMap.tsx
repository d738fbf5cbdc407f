// The second map of a comparison: it stands over the first behind a line that is swept, or beside it, and both show the same ground.
import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { create } from 'zustand';
import { useWorld, type World } from '../app/world.ts';
import { directionOf } from '../i18n/languages.ts';
import { useWords } from '../i18n/words.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { useSwipe } from '../state/swipe.ts';
import { IconButton } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { ofPeriod, usePeriods } from './comparedPeriod.ts';
import { MapController } from './controller.ts';
import { anchorOf } from './shapes.ts';
import { mapEvents, useFreshTiles, useLayersOn, useLook } from './MapView.tsx';
import { useLine, useSides, type Sides } from './sides.ts';

/** The map of the second side, while there is one. */
export const useSecondMap = create<{ map?: MapController }>()(() => ({}));

export function ComparedMap({ main }: { main: MapController }) {
  const sides = useSides();
  return sides ? <Second main={main} sides={sides} /> : null;
}

function Second({ main, sides }: { main: MapController; sides: Sides }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { layout, side } = useSwipe();
  const { names } = sides;
  const { at, move } = useLine(sides.line);
  const map = useSecond(box, main, words.say('compare.map', { name: names[1].title }));
  const rtl = directionOf(words.language) === 'rtl';
  const clip = layout === 'swipe' ? { clipPath: rtl ? `inset(0 ${at}% 0 0)` : `inset(0 0 0 ${at}%)` } : undefined;
  return (
    <>
      <div ref={box} className="map-canvas second-map" data-layout={layout} data-side={side} data-testid="second-map" style={clip} />
      {map && <SecondSync map={map} />}
      {layout === 'swipe' ? <SwipeLine rtl={rtl} at={at} moveTo={move} value={words.say('compare.share', { n: at, name: names[0].title })} /> : <i className="beside-line" aria-hidden="true" />}
      <Heads sides={sides} />
    </>
  );
}

/** Its clicks tell what those of the first tell; where it stands is the first one's business. */
const secondEvents = () => ({ ...mapEvents, moved: () => undefined });

function useSecond(box: RefObject<HTMLDivElement | null>, main: MapController, label: string): MapController | undefined {
  const first = useRef(label);
  const ready = useSecondMap((m) => m.map);
  useEffect(() => {
    if (!box.current) return;
    const map = new MapController(box.current, main.position(), first.current, secondEvents());
    let gone = false;
    void map.ready.then(() => !gone && useSecondMap.setState({ map }));
    const size = new ResizeObserver(() => map.resize());
    size.observe(box.current);
    const stop = together(main, map);
    return () => {
      gone = true;
      stop();
      size.disconnect();
      useSecondMap.setState({ map: undefined });
      map.destroy();
    };
  }, [box, main]);
  return ready;
}

/** Each follows the other; what it does in following is not followed back. */
function together(a: MapController, b: MapController): () => void {
  let following = false;
  const follow = (leader: MapController, other: MapController) => () => {
    if (following) return;
    following = true;
    other.jump(leader.position());
    following = false;
  };
  const stops = [a.watch(follow(a, b)), b.watch(follow(b, a))];
  follow(a, b)();
  return () => stops.forEach((stop) => stop());
}

function SecondSync({ map }: { map: MapController }) {
  const world = useWorld();
  useLayersOn(map, ofPeriod(world.layers, usePeriods()?.[1]));
  useFreshTiles(map);
  useGround(map, world);
  useLook(map);
  return null;
}

/** The ground of the mission, as on the first map. */
function useGround(map: MapController, { mission, layers }: World) {
  const items = layers.find((l) => l.collection.id === 'bases')?.records.data?.items;
  useEffect(() => {
    if (items) void map.setMission(items.flatMap((i) => (i.geometry ? [anchorOf(i.geometry)] : [])), mission !== '');
  }, [map, mission, items]);
}

const step = 5;
const held = (at: number) => Math.min(100, Math.max(0, at));

/** The line between the sides: drawn by hand, or moved by the arrow keys. */
function SwipeLine({ rtl, at, moveTo, value }: { rtl: boolean; at: number; moveTo(at: number): void; value: string }) {
  const { say } = useWords();
  const drag = (e: PointerEvent<HTMLElement>) => {
    const box = e.currentTarget.parentElement?.getBoundingClientRect();
    if (!box || !e.currentTarget.hasPointerCapture(e.pointerId)) return;
    const part = ((e.clientX - box.left) / box.width) * 100;
    moveTo(held(Math.round((rtl ? 100 - part : part) * 10) / 10));
  };
  const press = (e: KeyboardEvent) => {
    const by: Record<string, number> = { ArrowRight: rtl ? -step : step, ArrowUp: step, ArrowLeft: rtl ? step : -step, ArrowDown: -step, Home: -100, End: 100 };
    const move = by[e.key];
    if (move === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    moveTo(held(Math.round((at + move) / step) * step));
  };
  return (
    <div className="swipe-line" role="slider" tabIndex={0} aria-label={say('compare.line')} aria-orientation="horizontal" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(at)} aria-valuetext={value}
      style={{ insetInlineStart: `${at}%` } as CSSProperties} onKeyDown={press} onPointerDown={(e) => { beginGesture(); e.currentTarget.setPointerCapture(e.pointerId); }} onPointerMove={drag} onLostPointerCapture={endGesture}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M2 5.5h10M9.5 2.8l2.7 2.7-2.7 2.7M14 10.5H4M6.5 7.8 3.8 10.5l2.7 2.7" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" /></svg>
    </div>
  );
}

/** Which side is which; on a phone, the switch between them. */
function Heads({ sides: { names, shown, close } }: { sides: Sides }) {
  const { say } = useWords();
  const { layout, side, set } = useSwipe();
  return (
    <div className="compare-heads" data-layout={layout}>
      <p data-testid="side-0"><b>{names[0].title}</b><span>{names[0].note}</span></p>
      <div className="compare-switch"><Segments label={shown} value={String(side)} options={names.map((n, i) => ({ id: String(i), label: n.title }))} onChange={(id) => set({ side: id === '0' ? 0 : 1 })} /></div>
      <p data-testid="side-1"><b>{names[1].title}</b><span>{names[1].note}</span></p>
      <IconButton icon="close" label={say('compare.close')} onPress={close} />
    </div>
  );
}
