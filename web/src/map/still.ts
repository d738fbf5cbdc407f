// Stills for paper and pictures, drawn out of sight one after another. The map of one passes on to the next of its size: what both show is loaded and laid out once.
import type { Position } from 'geojson';
import type { LngLatBoundsLike, Map as GlMap, MapOptions, PaddingOptions, StyleSpecification } from 'maplibre-gl';
import { pictureOf, type Picture } from './picture.ts';

export interface Still {
  /** Of the frame, in pixels of the page. */
  width: number;
  height: number;
  /** Pixels of the picture for one of the page. */
  fineness: number;
  /** Asked for when its turn comes: in the colours of the page as it is then. */
  style(): StyleSpecification;
  bounds: LngLatBoundsLike;
  padding: number | PaddingOptions;
  /** Of which the picture tells where they stand. */
  places: Position[];
}

export class Stills {
  readonly #make: (options: MapOptions) => GlMap;
  #map?: GlMap;
  #size = '';
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param make makes a map that draws the symbols of ours */
  constructor(make: (options: MapOptions) => GlMap) {
    this.#make = make;
  }

  async take(still: Still): Promise<Picture> {
    this.#waiting++;
    const before = this.#last;
    const drawn = before.then(() => this.#draw(still));
    this.#last = drawn.catch(() => undefined);
    try {
      return await drawn;
    } finally {
      if (--this.#waiting === 0) this.#end();
    }
  }

  async #draw(still: Still): Promise<Picture> {
    const { width, height, fineness, padding } = still;
    const size = [width, height, fineness].join();
    const fit = { padding, maxZoom: 12 };
    if (this.#map && size === this.#size) {
      this.#map.setStyle(still.style(), { diff: true });
      this.#map.fitBounds(still.bounds, { ...fit, animate: false });
      this.#map.triggerRepaint();
    } else {
      this.#end();
      const container = document.createElement('div');
      Object.assign(container.style, { position: 'fixed', visibility: 'hidden', insetInlineStart: 0, insetBlockStart: 0, width: `${width}px`, height: `${height}px` });
      document.body.append(container);
      this.#map = this.#make({ container, style: still.style(), bounds: still.bounds, fitBoundsOptions: fit, interactive: false, attributionControl: false, fadeDuration: 0, pixelRatio: fineness, maxCanvasSize: [8192, 8192] });
      this.#size = size;
    }
    return pictureOf(this.#map, still.places);
  }

  #end() {
    const box = this.#map?.getContainer();
    this.#map?.remove();
    box?.remove();
    this.#map = undefined;
  }
}
