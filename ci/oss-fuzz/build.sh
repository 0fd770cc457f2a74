#!/bin/bash -eu
# Builds the fuzz targets as fleets of machines run them: into $OUT with their options, dictionaries and seed corpora.
#
# OSS-Fuzz, ClusterFuzzLite and ci/check-oss-fuzz run this, with
#   SRC              the folder that has the checkout, fuzz-multivalue
#   OUT              where the targets go
#   SANITIZER        address (by default), none, or coverage
#   FUZZING_ENGINE   libfuzzer, the only one that knows Swift
#   CFLAGS           for what is written in C
#
# Nothing is fetched if `swift package --scratch-path .build-oss resolve` was run in the checkout before, as the Dockerfiles do. The targets need
# nothing but $OUT and the libraries that every C++ program needs: Swift's own are in them.
# LIB_FUZZING_ENGINE is not used: Swift's compiler links the libFuzzer that came with it, which knows its coverage.
cd "${SRC:?}/fuzz-multivalue"
: "${OUT:?}"

if [ "${FUZZING_ENGINE:-libfuzzer}" != libfuzzer ]; then
    echo "error: Swift is fuzzed with libfuzzer, not with $FUZZING_ENGINE" >&2
    exit 1
fi

# Each target is a program with a main.swift; the flags of the image's own `precompile_swift` are for those without.
flags=(-c release --scratch-path .build-oss --static-swift-stdlib -Xswiftc -static-stdlib -Xswiftc -use-ld=lld)
case ${SANITIZER:-address} in
    address) flags+=(--sanitize address -Xswiftc -sanitize=address,fuzzer) ;;
    none) flags+=(-Xswiftc -sanitize=fuzzer) ;;
    coverage) flags+=(-Xswiftc -sanitize=fuzzer -Xswiftc -profile-generate -Xswiftc -profile-coverage-mapping) ;;
    *)
        echo "error: SANITIZER is address, none or coverage, not $SANITIZER" >&2
        exit 1
        ;;
esac
# Frames in stack traces, and what else the image wants of C. Sanitizers come with the flags above, and Swift's clang need not know the
# warnings of another release.
for flag in ${CFLAGS:-}; do
    case $flag in
        -fsanitize* | -W* | -fcoverage* | -fprofile* | -stdlib=* | -pthread) ;;
        *) flags+=(-Xcc "$flag") ;;
    esac
done

# One that knows Swift's names, which the image has.
if symbolizer=$(command -v llvm-symbolizer-swift); then cp "$symbolizer" "$OUT/llvm-symbolizer"; fi

for folder in FuzzTargets/*/; do
    target=$(basename "$folder")
    swift build "${flags[@]}" --product "$target"
    cp ".build-oss/release/$target" "$OUT/"
    cp "ci/oss-fuzz/$target.options" "$OUT/"
done

# With the same flags, so that nothing is built twice for it.
swift build "${flags[@]}" --product fuzz-multivalue
ci/oss-fuzz/make-dictionaries "$OUT"
ci/oss-fuzz/make-seed-corpora .build-oss/release/fuzz-multivalue "$OUT"
