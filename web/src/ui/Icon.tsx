// Icons: 16 px, 1.4 px stroke, drawn in the colour of the text beside them.
const paths = {
  layers: 'M8 1.8 14.5 5 8 8.2 1.5 5ZM1.5 8 8 11.2 14.5 8M1.5 11 8 14.2 14.5 11',
  search: 'M7 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6ZM10.6 10.6 14 14',
  share: 'M8 10V2M5 4.6 8 1.8l3 2.8M3.5 7.5H2.4v6.2h11.2V7.5h-1.1',
  globe: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM1.8 8h12.4M8 1.8c2 1.8 2.7 3.8 2.7 6.2S10 12.4 8 14.2C6 12.4 5.3 10.4 5.3 8S6 3.6 8 1.8Z',
  moon: 'M13.6 9.8A6 6 0 0 1 6.2 2.4a6 6 0 1 0 7.4 7.4Z',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3',
  down: 'm4 6 4 4 4-4',
  check: 'M2.8 8.6 6.4 12.2 13.2 4.4',
  close: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  hidden: 'M3 5.7C2 6.7 1.5 8 1.5 8S4 12.2 8 12.2c1 0 1.9-.3 2.7-.7M6 4.1A6 6 0 0 1 8 3.8c4 0 6.5 4.2 6.5 4.2s-.6 1.2-1.8 2.3M2.5 2.5l11 11',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  frame: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  table: 'M2 2.8h12v10.4H2ZM2 6.2h12M2 9.7h12M6 6.2v7',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  lock: 'M3.5 7.2h9v6.3h-9ZM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2',
  warning: 'M8 2.2 14.5 13.5h-13ZM8 6.5v3.5M8 11.7v.2',
  rings: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 5.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4Z',
  arrow: 'M8 13.5v-11M4.5 6 8 2.5 11.5 6',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 7.3v3.9M8 4.8v.2',
  pin: 'M8 14.2S3.2 9.7 3.2 6.4a4.8 4.8 0 0 1 9.6 0C12.8 9.7 8 14.2 8 14.2ZM8 4.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4Z',
  keys: 'M1.5 4h13v8.5h-13ZM4 6.7h.5M7 6.7h.5M10 6.7h.5M12 6.7h.5M4.5 9.8h7',
  pencil: 'M2.5 13.5 3.4 10 11 2.4l2.6 2.6L6 12.6ZM9.6 3.8l2.6 2.6',
  ruler: 'M10.8 1.8 14.2 5.2 5.2 14.2 1.8 10.8ZM8.6 4l1.4 1.4M6.4 6.2l2 2M4.2 8.4l1.4 1.4',
  undo: 'M5.5 2.5 2.2 5.8l3.3 3.3M2.5 5.8h7a4.2 4.2 0 0 1 0 8.4H6',
  redo: 'M10.5 2.5l3.3 3.3-3.3 3.3M13.5 5.8h-7a4.2 4.2 0 0 0 0 8.4H10',
  print: 'M4.5 5.5V2h7v3.5M4.5 11.5h-2v-6h11v6h-2M4.5 9.5h7V14h-7Z',
  download: 'M8 2v8M4.8 7.2 8 10.4l3.2-3.2M2.5 13.5h11',
  upload: 'M8 10.4v-8M4.8 5.6 8 2.4l3.2 3.2M2.5 13.5h11',
  box: 'M2.5 3.5h11v9h-11Z',
  lasso: 'M5.2 11.6C3 11 1.6 9.2 1.6 7.2c0-3 2.9-5.1 6.4-5.1s6.4 2.1 6.4 5-2.9 5-6.4 5c-.9 0-1.9-.1-2.8-.5ZM5.2 11.6a1.6 1.6 0 1 0-1.5 1.9c1 0 1.4-.7 1.5-1.9Z',
  circle: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 8h6M8 7.4v1.2',
  bookmark: 'M4 2h8v12l-4-3.2L4 14Z',
  polygon: 'M4 13 2 5.5 9 2l5 5-2.5 6Z',
  bin: 'M2.5 4h11M6 4V2.3h4V4M4 4l.7 9.7h6.6L12 4M6.7 6.7v4.3M9.3 6.7v4.3',
  play: 'M4.5 2.5 13 8l-8.5 5.5Z',
  pause: 'M5 2.8v10.4M11 2.8v10.4',
  back: 'M12.5 3 6 8l6.5 5ZM3.5 3v10',
  forward: 'M3.5 3 10 8l-6.5 5ZM12.5 3v10',
  chart: 'M2 13.8h12M4 13.5V9M8 13.5V3M12 13.5V6',
  filter: 'M2 3h12l-4.7 5.4V13L6.7 11.6V8.4Z',
  analyse: 'M2.5 4.5h4M9.5 4.5h4M2.5 11.5h7M12.5 11.5h1M8 3a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM11 10a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  edit: 'M7 2.8H2.5v10.7h10.7V9M6.2 9.8l.5-2.2 5.8-5.8 1.7 1.7-5.8 5.8Z',
  clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 4.5V8l2.5 1.6',
  person: 'M8 2a2.8 2.8 0 1 1 0 5.6A2.8 2.8 0 0 1 8 2ZM2.5 14c.4-3.2 2.5-4.6 5.5-4.6s5.1 1.4 5.5 4.6',
  bell: 'M8 2a4 4 0 0 1 4 4c0 4 1.6 4.8 1.6 5.6H2.4C2.4 10.8 4 10 4 6a4 4 0 0 1 4-4ZM6.6 13.6a1.5 1.5 0 0 0 2.8 0',
  line: 'M2.5 12.5 6 5.5l4 4 3.5-6.5',
  swap: 'M2.5 5.5h10M9.5 2.5l3 3-3 3M13.5 10.5h-10M6.5 7.5l-3 3 3 3',
  route: 'M3.8 14.2a1.6 1.6 0 1 1 0-3.2 1.6 1.6 0 0 1 0 3.2ZM12.2 5a1.6 1.6 0 1 1 0-3.2 1.6 1.6 0 0 1 0 3.2ZM5.4 12.6h5.4a2.3 2.3 0 0 0 0-4.6H5.4a2.3 2.3 0 0 1 0-4.6h5.2',
  plan: 'M2.2 2.2h4.6v4.6H2.2ZM9.2 5.2h4.6v4.6H9.2ZM4.5 6.8v5h7.2V9.8',
  menu: 'M2 4.2h12M2 8h12M2 11.8h12',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, turn = 0 }: { name: IconName; turn?: number }) {
  return (
    <svg className="icon" data-icon={name} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" style={turn ? { transform: `rotate(${turn}deg)` } : undefined}>
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 3 22 20H2Z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <path d="m12 10.5 4.2 7.5H7.8Z" fill="var(--accent)" />
    </svg>
  );
}
