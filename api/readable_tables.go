package api

import (
	"encoding/json"
	"strconv"

	"bivouac/api/ogc"
	"bivouac/api/webpage"
)

// tabulate puts a table on a page in place of a member of the document.
func tabulate(p *webpage.Sheet, title, member string, t *webpage.Table) {
	if title != "" {
		p.Title = title
	}
	p.Rest = webpage.Without(p.Rest, member)
	p.Table = t
}

// countOf says how many rows there are.
func countOf(n int, what string) string { return strconv.Itoa(n) + " " + what }

func showProcesses(p *webpage.Sheet, list *ogc.Processes) {
	t := &webpage.Table{Columns: []string{"analysis", "id", "what it answers"}, Note: countOf(len(list.Processes), "analyses")}
	for i := range list.Processes {
		one := &list.Processes[i]
		t.Rows = append(t.Rows, webpage.Row{Href: one.Links[0].Href + "?f=html", Cells: []any{one.Title, one.ID, one.Description}})
	}
	tabulate(p, "Analyses", "processes", t)
}

// showProcess lists what an analysis takes. Running it is no link to follow.
func showProcess(p *webpage.Sheet) {
	inputs, _ := webpage.Find(p.Rest, "inputs").([]webpage.Member)
	t := &webpage.Table{Columns: []string{"input", "title", "what it is", "how it is given"}, Note: countOf(len(inputs), "inputs")}
	for _, in := range inputs {
		t.Rows = append(t.Rows, webpage.Row{Cells: []any{in.Name, webpage.Find(in.Value, "title"), webpage.Find(in.Value, "description"), webpage.Find(in.Value, "schema")}})
	}
	tabulate(p, "", "inputs", t)
	var links []webpage.Link
	for _, l := range p.Links {
		if l.Rel != ogc.RelExecute {
			links = append(links, l)
		}
	}
	p.Links = links
}

func showJobs(p *webpage.Sheet, list *ogc.JobList) {
	t := &webpage.Table{Columns: []string{"run", "analysis", "status", "progress", "created", "finished"}, Note: countOf(len(list.Jobs), "runs")}
	for i := range list.Jobs {
		j := &list.Jobs[i]
		t.Rows = append(t.Rows, webpage.Row{Href: j.Links[0].Href + "?f=html", Cells: []any{j.JobID, j.ProcessID, j.Status, json.Number(strconv.Itoa(j.Progress)), j.Created, j.Finished}})
	}
	tabulate(p, "Your runs", "jobs", t)
}

func showTileSets(p *webpage.Sheet, sets *ogc.TileSets) {
	t := &webpage.Table{Columns: []string{"description", "cut by", "reference system", "a tile"}, Note: countOf(len(sets.TileSets), "sets of tiles")}
	for i := range sets.TileSets {
		one := &sets.TileSets[i]
		address := ""
		for _, l := range one.Links {
			if l.Rel == "item" && address == "" {
				address = l.Href
			}
		}
		t.Rows = append(t.Rows, webpage.Row{Href: one.Links[0].Href, Cells: []any{one.Title, one.SetURI, one.CRS, address}})
	}
	tabulate(p, "Vector tiles", "tilesets", t)
}

func showTileMatrixSets(p *webpage.Sheet, list *ogc.TileMatrixSets) {
	t := &webpage.Table{Columns: []string{"set", "title", "reference system"}, Note: countOf(len(list.Sets), "tile matrix sets")}
	for i := range list.Sets {
		one := &list.Sets[i]
		t.Rows = append(t.Rows, webpage.Row{Href: one.Links[0].Href + "?f=html", Cells: []any{one.ID, one.Title, one.CRS}})
	}
	tabulate(p, "Tile matrix sets", "tileMatrixSets", t)
}

func showTileMatrixSet(p *webpage.Sheet, set *ogc.TileMatrixSet) {
	t := &webpage.Table{Columns: []string{"zoom", "scale 1 :", "cell", "columns", "rows"}, Note: countOf(len(set.Matrices), "zooms")}
	number := func(f float64) any { return json.Number(strconv.FormatFloat(f, 'f', -1, 64)) }
	for i := range set.Matrices {
		m := &set.Matrices[i]
		t.Rows = append(t.Rows, webpage.Row{Cells: []any{m.ID, number(m.ScaleDenominator), number(m.CellSize), number(float64(m.MatrixWidth)), number(float64(m.MatrixHeight))}})
	}
	tabulate(p, set.Title, "tileMatrices", t)
}

// showSchema lists the properties of a JSON Schema, those within others behind
// these.
func showSchema(p *webpage.Sheet) {
	t := &webpage.Table{Columns: []string{"property", "title", "type", "what it is", "values"}}
	addProperties(t, "", p.Rest)
	t.Note = countOf(len(t.Rows), "properties")
	tabulate(p, "", "properties", t)
	p.Rest = webpage.Without(p.Rest, "queryables")
}

func addProperties(t *webpage.Table, within string, schema any) {
	properties, _ := webpage.Find(schema, "properties").([]webpage.Member)
	for _, m := range properties {
		kind := webpage.Find(m.Value, "type")
		if format := webpage.Find(m.Value, "format"); format != nil {
			kind = format
		}
		t.Rows = append(t.Rows, webpage.Row{Cells: []any{within + m.Name, webpage.Find(m.Value, "title"), kind, webpage.Find(m.Value, "description"), webpage.Find(m.Value, "enum")}})
		addProperties(t, within+m.Name+".", m.Value)
	}
}
