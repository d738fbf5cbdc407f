// Prints what the JavaScript client finds in a box of a FlatGeobuf: the keys, how many bytes it read, and the file's size.
import { createServer } from 'node:http';
import { open } from 'node:fs/promises';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';

const [path, ...box] = process.argv.slice(2);
const [minX, minY, maxX, maxY] = box.map(Number);
const file = await open(path);
const { size } = await file.stat();
let read = 0;
const server = createServer(async (request, response) => {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range) ?? [0, 0, size - 1];
  const length = Math.min(Number(to), size - 1) - Number(from) + 1;
  const bytes = Buffer.alloc(Math.max(0, length));
  await file.read(bytes, 0, bytes.length, Number(from));
  read += bytes.length;
  response.writeHead(206, { 'content-length': bytes.length }).end(bytes);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const keys = [];
for await (const feature of deserialize(`http://127.0.0.1:${server.address().port}/`, { rect: { minX, minY, maxX, maxY } })) keys.push(String(feature.properties.id_));
console.log(JSON.stringify({ keys, read, size }));
server.close();
server.closeAllConnections();
await file.close();
