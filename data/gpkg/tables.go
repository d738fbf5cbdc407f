package gpkg

// format is the version of our own tables. A file of an older one is brought
// forward when it is opened, one of a newer one is refused.
const format = 4

// Numbers by which a file says that it is a GeoPackage, of version 1.3.
const (
	applicationID  = 0x47504B47
	packageVersion = 10300
)

// standardTables are those of the GeoPackage standard.
const standardTables = `
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude and latitude in degrees on the WGS 84 ellipsoid');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
`

// ownTables are ours. Each has an integer key, as GeoPackage asks of tables of
// attributes. Times are microseconds since 1970; classes are numbers, 0 the
// lowest; states of records and documents are JSON.
const ownTables = `
CREATE TABLE bivouac_store (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE bivouac_commit (version INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, undoes INTEGER NOT NULL);
CREATE TABLE bivouac_touch (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, collection TEXT NOT NULL, document TEXT NOT NULL,
  class INTEGER NOT NULL, mission TEXT NOT NULL, added INTEGER NOT NULL, replaced INTEGER NOT NULL, removed INTEGER NOT NULL);
CREATE INDEX bivouac_touch_version ON bivouac_touch (version);
CREATE TABLE bivouac_edit (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, collection TEXT NOT NULL, record INTEGER NOT NULL, shape BLOB, state TEXT);
CREATE INDEX bivouac_edit_version ON bivouac_edit (version);
CREATE INDEX bivouac_edit_record ON bivouac_edit (collection, record);
CREATE TABLE bivouac_intake (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, collection TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE bivouac_schema (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, collection TEXT NOT NULL, schema TEXT NOT NULL);
CREATE TABLE bivouac_column (id INTEGER PRIMARY KEY, collection TEXT NOT NULL, field TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (collection, field));
CREATE TABLE bivouac_document (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, UNIQUE (kind, name));
CREATE TABLE bivouac_document_edit (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT);
CREATE INDEX bivouac_document_edit_version ON bivouac_document_edit (version);
CREATE TABLE bivouac_grant (id INTEGER PRIMARY KEY, public TEXT NOT NULL UNIQUE, name TEXT NOT NULL, hash BLOB NOT NULL, subject TEXT NOT NULL,
  rank TEXT NOT NULL, ceiling INTEGER NOT NULL, missions TEXT, made INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER NOT NULL);
CREATE TABLE bivouac_audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, origin TEXT NOT NULL, act TEXT NOT NULL,
  question TEXT NOT NULL, records INTEGER NOT NULL, highest INTEGER NOT NULL, hash BLOB NOT NULL);
CREATE TRIGGER bivouac_audit_kept BEFORE DELETE ON bivouac_audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER bivouac_audit_true BEFORE UPDATE ON bivouac_audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
` + jobTable + alertTables

// jobTable came with format 2.
const jobTable = `
CREATE TABLE bivouac_job (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state TEXT NOT NULL);
`

var jobName = [2]string{"bivouac_job", "Runs of analyses, with what they gave"}

// alertTables came with format 3, and format 4 keeps the names of webhooks in
// place of addresses. Versions, times and classes are columns, since
// alerts are asked for by them; all else is in the state.
const alertTables = `
CREATE TABLE bivouac_alert (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, at INTEGER NOT NULL, rule TEXT NOT NULL,
  severity TEXT NOT NULL, class INTEGER NOT NULL, mission TEXT NOT NULL, acknowledged INTEGER NOT NULL, state TEXT NOT NULL);
CREATE INDEX bivouac_alert_version ON bivouac_alert (version);
CREATE TABLE bivouac_delivery (id INTEGER PRIMARY KEY, alert TEXT NOT NULL, webhook TEXT NOT NULL, format TEXT NOT NULL, state TEXT NOT NULL,
  tries INTEGER NOT NULL, created INTEGER NOT NULL, next INTEGER NOT NULL, problem TEXT NOT NULL, UNIQUE (alert, webhook));
CREATE INDEX bivouac_delivery_next ON bivouac_delivery (state, next);
`

var alertNames = [][2]string{
	{"bivouac_alert", "What rules raised, with who saw to it"},
	{"bivouac_delivery", "Alerts that webhooks are told, and how far that is"},
}

// ownNames lists our tables with what they hold, for gpkg_contents.
var ownNames = append([][2]string{
	{"bivouac_store", "The store's id and the version of its tables"},
	{"bivouac_commit", "Every change: when, by whom and why"},
	{"bivouac_touch", "How many records of each class and mission a change touched"},
	{"bivouac_edit", "What a record was before a change"},
	{"bivouac_intake", "The keys that an import gave"},
	{"bivouac_schema", "What the records of each collection hold, from each version on"},
	{"bivouac_column", "Which column holds which field"},
	{"bivouac_document", "Scenarios, views, indicators and profiles"},
	{"bivouac_document_edit", "What a document was before a change"},
	{"bivouac_grant", "Who may come in; tokens are kept as hashes"},
	{"bivouac_audit", "Who read and changed what is classified, in a chain of hashes"},
	jobName,
}, alertNames...)
