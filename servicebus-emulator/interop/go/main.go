// Drives the emulator with Microsoft's Go SDK. Usage: go run . [part of a feature's name]
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"
)

const timeLimit = 60 * time.Second

func main() {
	text := strings.Join(os.Args[1:], " ")
	failures := 0
	for _, group := range [][]check{queueChecks, sessionChecks, topicChecks, administrationChecks, transportChecks} {
		for _, each := range group {
			if !strings.Contains(each.feature, text) {
				continue
			}
			if err := run(each); err != nil {
				failures++
				fmt.Printf("FAIL %s: %v\n", each.feature, err)
			} else {
				fmt.Printf("ok %s\n", each.feature)
			}
		}
	}
	if failures > 0 {
		os.Exit(1)
	}
}

type check struct {
	feature string
	run     func(ctx context.Context)
}

// run runs a check, which panics when the feature does not work.
func run(each check) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("%v", reason)
		}
	}()
	each.run(ctx)
	return nil
}

func must[T any](value T, err error) T {
	succeed(err)
	return value
}

func succeed(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(condition bool, format string, arguments ...any) {
	if !condition {
		panic(fmt.Sprintf(format, arguments...))
	}
}

func expectEqual(actual, expected any) {
	expect(reflect.DeepEqual(actual, expected), "expected %v but got %v", expected, actual)
}
