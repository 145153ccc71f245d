# Everything a newcomer runs. Needs Python 3.11 or newer with pip, make and git; the rest is fetched here.

SERVE ?= 1
RETURNS ?= 2000
DEMO ?= demo
WORKERS ?= 2

TOOLS := .tools
UV := $(TOOLS)/bin/uv
RUN := $(UV) run --frozen --no-sync
ACCEPTANCE ?= ../shared/acceptance
# Extracts of tests are small: to compile their queries to Java would take longer than to answer them.
SPARK_SETTINGS ?= spark.sql.codegen.wholeStage=false;spark.sql.codegen.factoryMode=NO_CODEGEN;spark.sql.shuffle.partitions=2
export PYTHONPATH :=
export PYTHONDONTWRITEBYTECODE :=
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_PREFERENCE := only-system

.PHONY: demo test test-spark sync check format acceptance bench latency pictures browser java clean

demo: $(UV)  ## Simulate a distributor, build, print its KPIs, serve the dashboard (SERVE=0 ends after the table)
	$(UV) sync --frozen --no-dev --quiet
	$(RUN) retrace demo --returns $(RETURNS) --workspace $(DEMO)/workspace $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: sync  ## Everything: format, lint, types, acceptance where it is, tests
	$(MAKE) --no-print-directory -j $(WORKERS) acceptance check browser
	$(RUN) pytest -n $(WORKERS) --dist worksteal

check: sync  ## Format, lint and types
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) sqlfmt --check --quiet models macros tests/dbt
	$(RUN) mypy

format: sync  ## Put every file into the house format
	$(RUN) ruff format .
	$(RUN) ruff check --fix .
	$(RUN) sqlfmt models macros tests/dbt

acceptance: sync  ## Hold builds against independently computed answers, where they lie beside the checkout
	@if [ -f $(ACCEPTANCE)/check.py ]; then \
		$(RUN) python $(ACCEPTANCE)/check.py --retrace "$(RUN) retrace"; \
	else echo "No acceptance cases at $(ACCEPTANCE): none to hold against."; fi

bench: $(UV)  ## Measure builds at 0.1, 1 and 10 million events, and mining beside pm4py and r4pm; writes docs/benchmarks.md
	$(UV) sync --frozen --quiet --group bench
	$(RUN) python -m tests.bench

test-spark: java $(UV)  ## Build extracts on DuckDB and on Spark, and show that every table is equal row by row
	$(UV) sync --frozen --quiet --group spark
	RETRACE_SPARK_SETTINGS="$(SPARK_SETTINGS)" $(RUN) python -m tests.spark --acceptance $(ACCEPTANCE)

latency: sync browser  ## Measure how fast the pages answer in a browser at 1 and 10 million events; writes docs/latency.md
	$(RUN) python -m tests.latency

bench-proof: sync  ## Compare hundreds of worlds whose effect is known; writes its tables in docs/benchmarks.md
	OPENBLAS_NUM_THREADS=1 $(RUN) python -m tests.bench.known_effects

pictures: sync browser  ## Take the pictures of docs/pages.md, of the simulated distributor in a real browser
	$(RUN) python -m tests.pictures

browser:  ## A Chromium for the browser tests, from the system's packages
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
		echo "Installing Chromium for the browser tests."; \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; }

java:  ## A Java for Spark, from the system's packages
	@command -v java >/dev/null || { \
		echo "Installing Java for Spark."; \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; }

sync: $(UV)
	$(UV) sync --frozen --quiet

$(UV):
	python3 -m pip install --quiet --disable-pip-version-check --target $(TOOLS) "uv>=0.9,<1"

clean:  ## Remove what the commands above made
	rm -rf $(TOOLS) .venv $(DEMO) target logs
