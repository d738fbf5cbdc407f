package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/report"
)

type reportCmd struct {
	Output   string   `short:"o" required:"" help:"The ZIP file to write." placeholder:"FILE.zip"`
	Scenario []string `help:"A scenario beside the base line: its id, with a day behind @ for the changes up to it, or the name of a .json file that holds one. Up to four times." placeholder:"NAME[@DAY]" sep:"none"`
	Title    string   `help:"What stands on the cover." placeholder:"TEXT"`
	Author   string   `help:"Who answers for it." placeholder:"NAME"`
	askFlags
}

// Run asks for the report and writes its bundle.
func (k reportCmd) Run(ctx context.Context, c console) error {
	registry, err := processes()
	if err != nil {
		return err
	}
	p, err := registry.Find("scenario-report")
	if err != nil {
		return err
	}
	inputs, err := k.inputs(p)
	if err != nil {
		return err
	}
	result, err := k.ask(ctx, c, p, inputs, nil)
	if err != nil {
		return err
	}
	bundle, err := base64.StdEncoding.DecodeString(result.Output[report.BundleOutput].Text())
	if err != nil {
		return err
	}
	if err := writeNew(k.Output, bundle); err != nil {
		return err
	}
	cover := result.Output["cover"].Record()
	c.say("Wrote %s: %s, version %d of the data. README.txt in it says how to find every number again.",
		k.Output, strings.ToUpper(strings.ReplaceAll(cover["marking"].Text(), "_", " ")), cover["version"].Int())
	return nil
}

// inputs are those of the flags; a file is a draft, of which there is one.
func (k *reportCmd) inputs(p *process.Process) (geo.Values, error) {
	further := map[string]json.RawMessage{}
	set := func(name string, value any) (err error) {
		further[name], err = json.Marshal(value)
		return err
	}
	var kept []string
	for _, name := range k.Scenario {
		if !strings.HasSuffix(name, ".json") {
			kept = append(kept, name)
			continue
		}
		if further["changes"] != nil {
			return nil, geo.Errorf(geo.Invalid, "--scenario", "only one may be a file; keep the others in the store")
		}
		d, err := scenarioFile(name)
		if err != nil {
			return nil, err
		}
		var body struct{ Changes json.RawMessage }
		if err := json.Unmarshal(d.Body, &body); err != nil || body.Changes == nil {
			return nil, geo.Errorf(geo.Invalid, name, "its body must hold a list of changes")
		}
		further["changes"] = body.Changes
		if err := set("draft", d.Title); err != nil {
			return nil, err
		}
	}
	for name, value := range map[string]string{"title": k.Title, "author": k.Author} {
		if value == "" {
			continue
		}
		if err := set(name, value); err != nil {
			return nil, err
		}
	}
	if len(kept) > 0 {
		if err := set("scenarios", kept); err != nil {
			return nil, err
		}
	}
	return k.values(&p.In, further)
}

// writeNew writes a file that is not there yet.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return geo.Errorf(geo.Conflict, "--output", "%s is there already; give another name", path)
	}
	if err != nil {
		return err
	}
	if _, err = f.Write(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
