package gpkg

import "strings"

// treeTriggers keep the R-tree in step with the table, whoever writes to it,
// in the words of the standard's extension gpkg_rtree_index (OGC 12-128r17,
// annex F.3). T, C, I and R stand for the table, its shapes, its keys and the
// tree.
const treeTriggers = `
CREATE TRIGGER "R_insert" AFTER INSERT ON "T" WHEN (NEW."C" NOT NULL AND NOT ST_IsEmpty(NEW."C"))
BEGIN INSERT OR REPLACE INTO "R" VALUES (NEW."I", ST_MinX(NEW."C"), ST_MaxX(NEW."C"), ST_MinY(NEW."C"), ST_MaxY(NEW."C")); END;
CREATE TRIGGER "R_update1" AFTER UPDATE OF "C" ON "T" WHEN OLD."I" = NEW."I" AND (NEW."C" NOTNULL AND NOT ST_IsEmpty(NEW."C"))
BEGIN INSERT OR REPLACE INTO "R" VALUES (NEW."I", ST_MinX(NEW."C"), ST_MaxX(NEW."C"), ST_MinY(NEW."C"), ST_MaxY(NEW."C")); END;
CREATE TRIGGER "R_update2" AFTER UPDATE OF "C" ON "T" WHEN OLD."I" = NEW."I" AND (NEW."C" ISNULL OR ST_IsEmpty(NEW."C"))
BEGIN DELETE FROM "R" WHERE id = OLD."I"; END;
CREATE TRIGGER "R_update3" AFTER UPDATE ON "T" WHEN OLD."I" != NEW."I" AND (NEW."C" NOTNULL AND NOT ST_IsEmpty(NEW."C"))
BEGIN DELETE FROM "R" WHERE id = OLD."I"; INSERT OR REPLACE INTO "R" VALUES (NEW."I", ST_MinX(NEW."C"), ST_MaxX(NEW."C"), ST_MinY(NEW."C"), ST_MaxY(NEW."C")); END;
CREATE TRIGGER "R_update4" AFTER UPDATE ON "T" WHEN OLD."I" != NEW."I" AND (NEW."C" ISNULL OR ST_IsEmpty(NEW."C"))
BEGIN DELETE FROM "R" WHERE id IN (OLD."I", NEW."I"); END;
CREATE TRIGGER "R_delete" AFTER DELETE ON "T" WHEN OLD."C" NOT NULL
BEGIN DELETE FROM "R" WHERE id = OLD."I"; END;
`

// guardTriggers let nobody else write to the table: a change that another
// program makes would have no history, and a running server would not know of
// it. To read is free. The function is one that only this program has, and its
// name is what the other program shows.
const guardTriggers = `
CREATE TRIGGER "R_guard_insert" BEFORE INSERT ON "T" BEGIN SELECT edit_it_through_bivouac(); END;
CREATE TRIGGER "R_guard_update" BEFORE UPDATE ON "T" BEGIN SELECT edit_it_through_bivouac(); END;
CREATE TRIGGER "R_guard_delete" BEFORE DELETE ON "T" BEGIN SELECT edit_it_through_bivouac(); END;
`

// guardFunction is what the guards call.
const guardFunction = "edit_it_through_bivouac"

// treeName is the name of the table's R-tree, as the standard wants it.
func (t *table) treeName() string { return "rtree_" + t.schema.Name + "_" + shapeColumn }

// createTree gives the table its R-tree.
func (w *writer) createTree(t *table) {
	w.run("CREATE VIRTUAL TABLE " + quote(t.treeName()) + " USING rtree(id, minx, maxx, miny, maxy)")
	w.run("INSERT INTO gpkg_extensions VALUES (?,?,'gpkg_rtree_index','http://www.geopackage.org/spec120/#extension_rtree','write-only')",
		t.schema.Name, shapeColumn)
}

func (w *writer) createTriggers(t *table) {
	names := treeWords(t)
	if t.shape != "" {
		w.run(names.Replace(treeTriggers))
	}
	w.run(names.Replace(guardTriggers))
}

// treeWords puts the names of a table into the text of triggers.
func treeWords(t *table) *strings.Replacer {
	return strings.NewReplacer(`"R_`, `"`+t.treeName()+"_", `"R"`, quote(t.treeName()), `"T"`, t.name(), `"C"`, quote(shapeColumn), `"I"`, quote(keyColumn))
}

// dropTriggers lets a whole import fill the tree by itself, in the order that
// suits the tree. It is to be undone in the same transaction.
func (w *writer) dropTriggers(t *table) {
	names := []string{"guard_insert", "guard_update", "guard_delete"}
	if t.shape != "" {
		names = append(names, "insert", "update1", "update2", "update3", "update4", "delete")
	}
	for _, name := range names {
		w.run("DROP TRIGGER " + quote(t.treeName()+"_"+name))
	}
}
