// Prints what the JavaScript client reads in a GeoParquet: its "geo" metadata, and each row with its shape as GeoJSON.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

const file = await asyncBufferFromFile(process.argv[2]);
const metadata = await parquetMetadataAsync(file);
const geo = metadata.key_value_metadata?.find((pair) => pair.key === 'geo')?.value ?? 'null';
const rows = await parquetReadObjects({ file, metadata });
const plain = (_, value) => {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
};
console.log(JSON.stringify({ geo: JSON.parse(geo), columns: metadata.schema.map((column) => column.name), rows }, plain));
