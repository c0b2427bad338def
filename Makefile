# Finds a Python of 3.11 or newer that can make virtual environments; the work is in make.py, which runs without make too.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; exit; }; done)

.PHONY: validate validate-full demo exercise test test-full lint docs hypotheses sensitivity bench golden clean
validate validate-full demo exercise test test-full lint docs hypotheses sensitivity bench golden clean:
	@test -n "$(PYTHON)" || { echo "No Python of 3.11 or newer with venv was found (Debian, Ubuntu: apt install python3 python3-venv)."; exit 1; }
	@"$(PYTHON)" make.py $@ $(if $(ARGS),-- $(ARGS))
