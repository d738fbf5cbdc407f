// The maps that are on the page: one, or two while answers are compared. Tests wait for all of them.
interface Drawing {
  drawn(): Promise<void>;
}

const maps = new Set<Drawing>();

const settle = () => {
  window.mapIdle = maps.size ? () => Promise.all([...maps].map((map) => map.drawn())).then(() => undefined) : undefined;
};

export const onPage = {
  add(map: Drawing) {
    maps.add(map);
    settle();
  },
  delete(map: Drawing) {
    maps.delete(map);
    settle();
  },
};

declare global {
  interface Window {
    /** Resolves when every map on the page has drawn all that it was given. */
    mapIdle?: () => Promise<void>;
  }
}
