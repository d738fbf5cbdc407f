// All records of a layer as one file, as they are shown: with its filters, the mission, the time and the moment in force.
import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { fileAddress, type Query } from '../api/ask.ts';
import { useFile } from '../api/queries.ts';
import type { Collection, Link } from '../api/shapes.ts';
import type { MessageId } from '../i18n/languages.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../ui/Icon.tsx';

interface Props {
  collection: Collection;
  query: Query;
}

export function Download({ collection, query }: Props) {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const files = collection.links.filter((l) => l.rel === 'enclosure');
  if (!files.length) return null;
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className="button quiet"><Icon name="download" />{say('download.title')}</AriaButton>
      <Popover className="popover" placement="top end">
        <Dialog className="download" aria-label={say('download.title')}>
          <Files files={files} query={query} close={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

// What formats are called: by their proper name, or in words.
const formats: Record<string, string> = { geojson: 'GeoJSON', jsonfg: 'JSON-FG', csv: 'CSV', gpkg: 'GeoPackage', fgb: 'FlatGeobuf', parquet: 'GeoParquet', kml: 'KML', gpx: 'GPX' };
const described: Record<string, MessageId> = { geojsonseq: 'download.sequence', ndjson: 'download.lines', shp: 'download.shapefiles', pmtiles: 'download.tiles' };

const formatOf = (href: string): string => new URL(href, location.href).searchParams.get('f') ?? '';

function Files({ files, query, close }: { files: Link[]; query: Query; close(): void }) {
  const words = useWords();
  const asked = useFile(files[0] && fileAddress(files[0].href, query));
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || words.say('state.unreachable')}</p>;
  if (!asked.data) return <p className="state busy" role="status">{words.say('state.loading')}</p>;
  const nameOf = ({ href, title }: Link) => {
    const message = described[formatOf(href)];
    return message ? words.say(message) : (formats[formatOf(href)] ?? title);
  };
  return (
    <>
      <p role="status">{words.say('download.records', { n: asked.data.records })}</p>
      <p className="note">{words.say('download.marking', { marking: words.code('classification', asked.data.marking) })}</p>
      <ul>
        {files.map((file) => <li key={file.href}><a className="button line" href={fileAddress(file.href, query)} download onClick={close}>{nameOf(file)}</a></li>)}
      </ul>
    </>
  );
}
