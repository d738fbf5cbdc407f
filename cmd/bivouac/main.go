// Command bivouac is the whole of Bivouac in one binary: it loads records,
// serves them and the map, checks files and runs analyses.
//
// Here the parts are joined that do not know each other: the store, the HTTP
// surface and the page. A subcommand reads its flags, joins what it needs and
// hands over.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"bivouac/geo"
)

// cli is every flag and subcommand. Flags also come from the environment, as
// BIVOUAC_ and the flag's name.
type cli struct {
	Serve   serveCmd   `cmd:"" help:"Serve the map and the API."`
	Import  importCmd  `cmd:"" help:"Take files into a store, each as one change."`
	Check   checkCmd   `cmd:"" help:"Say what a file would load as, and which rows would be refused, without loading it; or whether a store is whole."`
	Run     runCmd     `cmd:"" help:"Run an analysis and print its answer as JSON."`
	Backup  backupCmd  `cmd:"" help:"Copy a store, while it is in use."`
	Token   tokenCmd   `cmd:"" help:"Say who may come in."`
	Version versionCmd `cmd:"" help:"Print the version of this program."`
}

// console is where a subcommand reads and writes.
type console struct{ out, err io.Writer }

func (c console) say(format string, args ...any) { fmt.Fprintf(c.err, format+"\n", args...) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], console{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// The exit codes.
const (
	exitDone    = 0
	exitFailed  = 1 // what was asked for could not be done
	exitUsage   = 2 // what was asked for was not understood
	exitRefused = 3 // done, but some rows were refused
)

func run(ctx context.Context, args []string, c console) int {
	code := exitDone
	parser, err := kong.New(&cli{},
		kong.Name("bivouac"),
		kong.Description("The footprint and threat map server that a field mission runs itself."),
		kong.DefaultEnvars("BIVOUAC"),
		kong.Vars{"profiles": profileNames()},
		kong.Writers(c.out, c.err),
		kong.Exit(func(n int) { code = n; panic(helpShown{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c),
	)
	if err != nil {
		c.say("bivouac: %v", err)
		return exitFailed
	}
	return execute(parser, args, c, &code)
}

// helpShown unwinds the parser when it has printed help and wants to exit.
type helpShown struct{}

func execute(parser *kong.Kong, args []string, c console, code *int) (exit int) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helpShown); !ok {
				panic(r)
			}
			exit = *code
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		c.say("bivouac: %v\nTry: bivouac --help", err)
		return exitUsage
	}
	return exitCode(c, parsed.Run())
}

// errRefused is returned by a subcommand that did its work, said which rows
// it refused, and has nothing more to say.
var errRefused = errors.New("some rows were refused")

func exitCode(c console, err error) int {
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return exitDone
	case errors.Is(err, errRefused):
		return exitRefused
	}
	c.say("bivouac: %v", err)
	var e *geo.Error
	if errors.As(err, &e) && e.Cause != nil && e.Code == geo.Internal {
		c.say("cause: %v", e.Cause)
	}
	return exitFailed
}
