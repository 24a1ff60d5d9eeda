# shellcheck shell=bash
# What Sundial needs from Debian, and how to get and build it. Sourced by run.sh and test.sh.

build_packages=(
    g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-svg-dev libgl-dev libfontconfig-dev
    libqcustomplot-dev # charts over time, waterfall
    libgraphviz-dev    # call-graph layout
    libqscintilla2-qt6-dev # source view
    zlib1g-dev libarchive-dev liblz4-dev
    libdw-dev          # names of native frames in memory captures
    libsimdjson-dev    # JSON
    libcli11-dev       # command line
    libtomlplusplus-dev # budget files of sundial check
    robin-map-dev      # hash tables
)
run_packages=(fonts-inter fonts-jetbrains-mono fonts-dejavu-core graphviz)
test_packages=(xvfb xauth xdotool python3 strace)
fuzz_packages=(clang-14 libclang-rt-14-dev) # for ./test.sh all and tests/fuzz/ alone
threaded_tests=(tst_loader tst_graph_layout tst_artifacts tst_main_window tst_new_runs tst_snapshots tst_collapsed_threads) # what runs workers: for the thread sanitizer

install_packages() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "Installing: ${missing[*]}"
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build_preset PRESET TARGET…
build_preset() {
    local preset=$1
    shift
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build-$preset.log" 2>&1 || {
        cat "build-$preset.log"
        return 1
    }
    mkdir -p "build/$preset" && rm -f "build-$preset.log"
    CCACHE_SLOPPINESS=pch_defines,time_macros cmake --build --preset "$preset" --target "$@" # as precompiled headers need
}
