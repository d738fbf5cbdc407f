package export

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"io"

	"github.com/paulmach/orb"

	"bivouac/data/export/shapefile"
	"bivouac/geo"
)

// shapefilePart is a shapefile in the making.
type shapefilePart struct {
	kind          shapefile.Kind
	table         shapefile.Table
	extent        shapefile.Extent
	shapes, index *spool
	rows          *spool // cells as their lengths and texts, since widths are known at the end
	n             int
}

// takes reports whether the file stays below the limit with one record more.
func (p *shapefilePart) takes(f *shapefiles, bytes int64) bool {
	length, start := 1, 0
	for i, end := range f.ends {
		length += max(p.table[i].Width, end-start)
		start = end
	}
	return p.shapes.size+bytes < f.limit && int64(length)*int64(p.n+1)+1<<16 < f.limit
}

func (p *shapefilePart) add(f *shapefiles, g orb.Geometry, z []float64) error {
	p.n++
	start := 0
	f.cell = f.cell[:0]
	for i, end := range f.ends {
		p.table.See(i, f.row[start:end])
		f.cell = binary.AppendUvarint(f.cell, uint64(end-start))
		f.cell = append(f.cell, f.row[start:end]...)
		start = end
	}
	if _, err := p.rows.Write(f.cell); err != nil || p.kind == shapefile.Null {
		return err
	}
	f.shape = shapefile.Append(f.shape[:0], p.kind, g, z, &p.extent)
	f.cell = shapefile.AppendIndex(f.cell[:0], p.shapes.size, len(f.shape))
	if _, err := p.index.Write(f.cell); err != nil {
		return err
	}
	f.cell = shapefile.AppendRecordHead(f.cell[:0], p.n, len(f.shape))
	if _, err := p.shapes.Write(f.cell); err != nil {
		return err
	}
	_, err := p.shapes.Write(f.shape)
	return err
}

func (p *shapefilePart) write(z *zip.Writer, name string, s Sheet) error {
	if _, err := p.table.Settle(); err != nil {
		return err
	}
	if p.kind != shapefile.Null {
		if err := p.writeShapes(z, name, s); err != nil {
			return err
		}
	}
	w, err := entry(z, name+".cpg", s.At)
	if err == nil {
		_, err = io.WriteString(w, "UTF-8")
	}
	if err != nil {
		return err
	}
	if w, err = entry(z, name+".dbf", s.At); err != nil {
		return err
	}
	return p.writeTable(bufio.NewWriterSize(w, spoolBuffer), s.At)
}

func (p *shapefilePart) writeShapes(z *zip.Writer, name string, s Sheet) error {
	for _, file := range []struct {
		extension string
		body      *spool
	}{{".shp", p.shapes}, {".shx", p.index}} {
		w, err := entry(z, name+file.extension, s.At)
		if err == nil {
			_, err = w.Write(shapefile.Head(p.kind, file.body.size, &p.extent))
		}
		if err == nil {
			err = file.body.copyTo(w)
		}
		if err != nil {
			return err
		}
	}
	w, err := entry(z, name+".prj", s.At)
	if err == nil {
		_, err = io.WriteString(w, s.System.EsriWKT())
	}
	return err
}

func (p *shapefilePart) writeTable(w *bufio.Writer, at geo.Time) error {
	rows, err := p.rows.reader()
	if err != nil {
		return err
	}
	// A bufio.Writer keeps its first error for Flush.
	_, _ = w.Write(p.table.Head(p.n, at))
	row, cell := make([]byte, 0, p.table.Bytes()), make([]byte, shapefile.TextBytes)
	for range p.n {
		row = append(row[:0], ' ')
		for i := range p.table {
			n, err := binary.ReadUvarint(rows)
			if err == nil {
				_, err = io.ReadFull(rows, cell[:n])
			}
			if err != nil {
				return noRoom(err)
			}
			row = p.table[i].AppendCell(row, cell[:n])
		}
		_, _ = w.Write(row)
	}
	_ = w.WriteByte(0x1a)
	return w.Flush()
}
