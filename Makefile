# Every target does its own set-up. All paths are relative, so a folder with a space is no matter.
.PHONY: demo test bench setup lock messages clean
.SILENT:
PYTHON_IN_VENV = .venv/bin/python

demo:
	scripts/setup demo
	exec $(PYTHON_IN_VENV) scripts/demo.py

test:
	scripts/setup test
	exec sh scripts/test.sh

# Ratios of pages and imports, in databases of its own; takes some minutes. ROWS=1000000 for more
# rows, WRITE=1 to keep the result in docs/benchmarks.md.
bench:
	scripts/setup demo
	exec sh scripts/bench.sh

# Everything for working on the code, without running anything.
setup:
	scripts/setup test

# After a change of dependencies in pyproject.toml.
lock:
	scripts/setup test
	UPGRADE="$(UPGRADE)" exec sh scripts/lock.sh

# After a change of texts: brings the Dutch catalogue in line with the code, for the translator.
messages:
	scripts/setup test
	exec $(PYTHON_IN_VENV) scripts/check_messages.py --update

clean:
	sh scripts/clean.sh
