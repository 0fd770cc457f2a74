#!/bin/bash -eu
# As OSS-Fuzz builds the targets.
exec "${SRC:?}/fuzz-multivalue/ci/oss-fuzz/build.sh"
