# What a developer does, in verbs. Bare `make` lists them.

PYTHON ?= python3
ARGS ?=
# `make install-files` puts everything below it.
DESTDIR ?=
# What `make image` makes.
FLAVOUR ?= debian-arm64
# `make setup SYSTEM=skip` leaves the system's packages alone.
SYSTEM ?= check

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help
.PHONY: help run image test test-image try-image torture fuzz check format setup lock clean install uninstall install-files system-packages python-packages
MAKEFLAGS += --no-print-directory

# What has to be on the system, and why: a Debian package a line.
define PACKAGES
libvlc5                  plays every stream
vlc-plugin-base          what VLC reads and decodes with (without VLC's own window)
vlc-plugin-video-output  what VLC shows a picture with
libvlc-bin               keeps VLC's list of plugins, so that it starts quickly
ffmpeg                   plays RTSP, and makes the demo's channels
gir1.2-gst-rtsp-server-1.0 serves the demo's RTSP channel
gstreamer1.0-plugins-good  what that reads and sends with
python3-gi               speaks to it from the system's Python
libpangocairo-1.0-0      sets text in every script
libcairo2                draws it
fontconfig               finds the fonts
fonts-noto-core          Latin, Arabic and most other scripts
fonts-noto-cjk           Chinese, Japanese and Korean
fonts-noto-mono          codes and device numbers
tzdata                   time zones of the world
libudev1                 tells of remotes that are plugged in
libx11-6                 the window
libxext6                 the hole in it through which the video is seen
libxcursor1              its mouse pointer
libxi6                   its keyboard and mouse
libxrandr2               the size of the screen
xvfb                     a screen where there is none, and for the tests
systemd                  reads the units of the service in a test, and makes the box's user
gcc                      compiles evdev and systemd-python
libc6-dev                the C library's and the kernel's headers for that
libsystemd-dev           systemd's headers for that
pkgconf                  finds systemd's headers
endef
# Wanted when the Python in use is the system's own.
define PYTHON_PACKAGES
python3                  runs it all
python3-venv             makes .venv
python3-dev              Python's headers, for what is compiled
endef
# Wanted by the tests of the image alone.
define MACHINE_PACKAGES
systemd-container        boots the image's tree
qemu-system-x86          boots the image for the machine that tests it
qemu-system-arm          boots the image for a Raspberry Pi
qemu-utils               lays what is written over the image, not into it
mtools                   writes onto the card what its owner would
endef
# Wanted by who makes an image.
define IMAGE_PACKAGES
mmdebstrap               fetches Debian's packages into a tree
arch-test                tells whether programs of other boards run here
binfmt-support           has the kernel run them
qemu-user-static         by emulation
debian-archive-keyring   whose packages are Debian's
kmod                     lists of drivers
squashfs-tools           packs the read-only root
genimage                 puts partitions together
dosfstools               makes the first of them
mtools                   fills it
e2fsprogs                makes the last
device-tree-compiler     overlays of the firmware
bmap-tools               a map of what has to be written to a card
zstd                     packs the image
endef
# Wanted by the tests alone.
define TEST_PACKAGES
chromium                 opens the operator's page
endef
# Wanted by a box that boots into the television.
define BOX_PACKAGES
xserver-xorg-core        the screen
xserver-xorg-input-libinput its keyboards
xauth                    keeps the key to it
ir-keytable              tells the kernel the codes of infrared remotes
v4l-utils                has the kernel take part in HDMI-CEC
alsa-utils               looks at the sound's sockets
endef
# The entries of requirements.lock that are needed by what `wanted` names, and what those need.
define LOCKED
/^[a-z0-9]/ { split($$1, part, "=="); name = part[1]; order[++count] = name }
name { text[name] = text[name] $$0 "\n" }
name && /^    #/ {
    sub(/^ *# *(via)? */, "")
    if ($$0) asks[name] = asks[name] "\n" $$0 "\n"
}
END {
    split(wanted, part, ",")
    for (each in part) keep[part[each]]
    do {
        before = found
        for (each in order) for (parent in keep) {
            if (order[each] in keep || !index(asks[order[each]], "\n" parent "\n")) continue
            grown[order[each]]
        }
        for (each in grown) { keep[each]; found++; delete grown[each] }
    } while (found != before)
    for (at = 1; at <= count; at++) if (order[at] in keep) printf "%s", text[order[at]]
}
endef
export IMAGE_PACKAGES PACKAGES PYTHON_PACKAGES TEST_PACKAGES MACHINE_PACKAGES BOX_PACKAGES LOCKED

help: ## Say what can be done
	echo 'make VERB [ARGS="..."]'
	echo
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Show a working television: the box in a window, with an operator of its own
	exec .venv/bin/stb demo $(ARGS)

test: setup ## Run the tests (ARGS="tests/ui -k text" for some)
	WANTED=$$TEST_PACKAGES $(MAKE) system-packages
	exec .venv/bin/pytest -q -n auto --maxprocesses 4 $(ARGS)

# Programs of other boards run here if the kernel knew their form when qemu-user-static was installed.
image: ## Make the image of a card (FLAVOUR=debian-arm64, as root; image/README.md)
	if [ "$$(id -u)" != 0 ]; then echo 'An image is made by root, whose files are in it: sudo make image FLAVOUR=$(FLAVOUR)' >&2; exit 1; fi
	formats=/proc/sys/fs/binfmt_misc
	if [ '$(FLAVOUR)' != test-amd64 ] && [ ! -e $$formats/register ]; then mount -t binfmt_misc binfmt_misc $$formats; fi
	WANTED=$$IMAGE_PACKAGES $(MAKE) system-packages
	if [ -e $$formats/register ] && [ ! -e $$formats/qemu-aarch64 ]; then update-binfmts --enable qemu-aarch64; fi
	exec $(PYTHON) -m image.build $(FLAVOUR)

# What was not built is not run, and that is said.
test-image: setup ## Boot the images that were made, in a container and in emulated machines (tests/image/README.md)
	WANTED=$$MACHINE_PACKAGES $(MAKE) system-packages
	exec .venv/bin/pytest -q tests/image $(ARGS)

# Of the image, what every change has to pass. The end of each step is awaited for a while only. A card for Raspberry
# Pis takes an hour to make: it is tried where somebody has made it already of the same sources.
try-image: setup ## Make the quick image and boot its tree in a container, where this machine can (as root)
	if [ "$$(id -u)" != 0 ]; then echo 'The image: not run, only root can make and boot it.'; exit; fi
	WANTED=$$MACHINE_PACKAGES $(MAKE) system-packages
	why=$$(.venv/bin/python tests/image/able.py)
	if [ "$$why" ]; then echo "The image: not run, $$why."; exit; fi
	timeout -k 60 1500 $(MAKE) image FLAVOUR=test-amd64
	timeout -k 60 600 .venv/bin/pytest -q tests/builder
	timeout -k 60 1800 .venv/bin/pytest -q -rsP tests/image -m 'not qemu and not suite' $(ARGS)
	kept="$${XDG_CACHE_HOME:-$$HOME/.cache}/stb/image/$$($(PYTHON) -m image.build --hash debian-arm64)"
	if [ ! -e "$$kept/build.json" ]; then echo "The card for Raspberry Pis: not run, there is no $$kept."; exit; fi
	timeout -k 60 300 $(PYTHON) -m image.build debian-arm64
	timeout -k 60 1200 .venv/bin/pytest -q -rs tests/image/test_image_boards.py

torture: setup ## Kill the box's writers at 1,000 moments, and see that nothing is lost (ARGS="--count N --seed N")
	.venv/bin/python tests/torture/torture.py $(ARGS)

# atheris is made for few machines, so it is no part of .venv.
fuzz: setup ## A million inputs for each decoder (ARGS="--count N --seed N")
	tool=$$(mktemp -d)
	trap 'rm -rf "$$tool"' EXIT
	.venv/bin/python -m pip --disable-pip-version-check install -q --target "$$tool" atheris
	for name in xmltv m3u json_rows stalker; do
	    PYTHONPATH="$$tool" .venv/bin/python tests/fuzz/fuzz.py "$$name" $(ARGS)
	done

bench: setup ## Measure how quickly large lists and guides are read (tests/bench/README.md)
	exec .venv/bin/python tests/bench/bench.py $(ARGS)

check: setup ## Formatter, linter, types, import directions
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/pytest -q tests/house

format: setup ## Put the code in the house's form
	.venv/bin/ruff format
	.venv/bin/ruff check --fix

# What .venv is made of, and what the whole set-up is. Each is written down when it is whole, so that
# one that was cut short is made again.
MADE_OF = $(shell $(PYTHON) -c 'import sys; print(*sys.version_info[:2], sys.base_prefix)' 2>/dev/null) \
    $(CURDIR) $(shell sha256sum <requirements.lock)
READY = $(MADE_OF) $(shell cat Makefile pyproject.toml | sha256sum)

setup: ## Get whatever is missing: system packages, .venv, Python packages
	if [ "$$(cat .venv/ready 2>/dev/null)" = '$(READY)' ] && .venv/bin/python -c ''; then exit; fi
	$(MAKE) system-packages
	$(MAKE) python-packages
	echo 'Ready.'

system-packages:
	if [ '$(SYSTEM)' = skip ]; then exit; fi
	list=$${WANTED:-$$PACKAGES}
	case "$$(command -v $(PYTHON))" in '' | /usr/bin/*) list+=$$'\n'$$PYTHON_PACKAGES ;; esac
	if ! command -v apt-get >/dev/null; then
	    printf '%s\n' 'This is not Debian or Raspberry Pi OS. Please install what answers to these packages,' \
	        'then say `make setup SYSTEM=skip` once:' '' "$$list" >&2
	    exit 1
	fi
	case "$$(dpkg --print-architecture)" in amd64 | arm64) ;; *)
	    echo "A 64-bit system is needed; this one is $$(dpkg --print-architecture)." >&2
	    exit 1 ;;
	esac
	installed=$$(dpkg-query -W -f '$${db:Status-Status} $${Package}\n' $$(awk '{ print $$1 }' <<<"$$list") 2>/dev/null |
	    awk '$$1 == "installed" { print $$2 }') || true
	missing=$$(awk 'NR == FNR { have[$$1]; next } !($$1 in have)' <(echo "$$installed") - <<<"$$list")
	if [ -z "$$missing" ]; then exit; fi
	echo 'System packages to install, and why:'
	sed 's/^/  /' <<<"$$missing"
	as_root=()
	if [ "$$(id -u)" != 0 ]; then as_root=(sudo); fi
	if [ "$$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
	    echo 'That needs root, and there is no sudo: please install them as root, then say `make setup` again.' >&2
	    exit 1
	fi
	quietly() {
	    "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$$@" >"$$log" 2>&1 </dev/null
	}
	install() {
	    quietly dpkg --configure -a &&
	        quietly apt-get -o DPkg::Lock::Timeout=300 install -y --fix-broken --no-install-recommends \
	            $$(awk '{ print $$1 }' <<<"$$missing")
	}
	log=$$(mktemp)
	trap 'rm -f "$$log"' EXIT
	lists=(/var/lib/apt/lists/*_Packages*)
	if ! { [ -e "$${lists[0]}" ] && install; }; then
	    echo 'Fetching the lists of packages.'
	    { quietly apt-get -o DPkg::Lock::Timeout=300 update && install; } || { tail -n 20 "$$log" >&2; exit 1; }
	fi

python-packages:
	if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
	    echo 'Python 3.11 or later is needed: make setup PYTHON=python3.13' >&2
	    exit 1
	fi
	rm -f .venv/ready
	pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input install -q --no-build-isolation --use-pep517)
	if [ "$$(cat .venv/made-of 2>/dev/null)" != '$(MADE_OF)' ] || ! .venv/bin/python -c ''; then
	    echo "Python packages into .venv: $$(grep -c == requirements.lock), as requirements.lock names them."
	    rm -rf .venv
	    $(PYTHON) -m venv .venv
	    # What is compiled is compiled with the setuptools of the lock.
	    "$${pip[@]}" --require-hashes -r <(awk '/^[a-z]/ { keep = /^setuptools==/ } keep' requirements.lock)
	    "$${pip[@]}" --require-hashes -r requirements.lock
	    echo '$(MADE_OF)' >.venv/made-of
	fi
	"$${pip[@]}" --no-deps --no-index -e .
	echo '$(READY)' >.venv/ready

lock: ## Take the newest Python packages into requirements.lock
	tool=$$(mktemp -d)
	trap 'rm -rf "$$tool"' EXIT
	$(PYTHON) -m venv "$$tool"
	"$$tool/bin/pip" install -q --disable-pip-version-check uv
	UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND='make lock' "$$tool/bin/uv" pip compile -q --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --group dev -o requirements.lock pyproject.toml

# Everything of a box on a system that is there already: Debian or Raspberry Pi OS.
install: ## Have this system boot into the television (as root or with sudo)
	if [ "$$(id -u)" != 0 ]; then exec sudo $(MAKE) install; fi
	WANTED="$$PACKAGES"$$'\n'"$$PYTHON_PACKAGES"$$'\n'"$$BOX_PACKAGES" $(MAKE) system-packages
	home=/usr/lib/stb
	tool=$$(mktemp -d)
	trap 'rm -rf "$$tool"' EXIT
	locked() { awk -v wanted="$$1" "$$LOCKED" requirements.lock; }
	locked 'hatchling,setuptools' >"$$tool/build.txt"
	locked 'stb (pyproject.toml)' >"$$tool/run.txt"
	echo "Python packages into $$home: $$(grep -c == "$$tool/run.txt"), as requirements.lock names them."
	rm -rf "$$home"
	/usr/bin/python3 -m venv "$$home"
	pip=("$$home/bin/python" -m pip --disable-pip-version-check --no-input install -q --root-user-action ignore)
	"$${pip[@]}" --target "$$tool/build" --require-hashes -r "$$tool/build.txt"
	PYTHONPATH=$$tool/build "$${pip[@]}" --no-build-isolation --use-pep517 --require-hashes -r "$$tool/run.txt"
	PYTHONPATH=$$tool/build "$${pip[@]}" --no-build-isolation --no-deps --no-index .
	$(MAKE) install-files
	if [ "$$(systemctl --version | awk 'NR == 1 { print int($$2) }')" -lt 254 ]; then
	    rm -r /usr/lib/systemd/system/stb.service.d
	fi
	ln -sf "$$home/bin/stb" /usr/bin/stb
	systemd-sysusers stb.conf
	systemd-tmpfiles --create stb.conf
	systemctl -q enable stb.service
	if [ -d /run/systemd/system ]; then
	    systemctl daemon-reload
	    udevadm control --reload 2>/dev/null || true
	fi
	echo 'Installed. The television comes up at the next start; `sudo systemctl start stb` starts it now.'
	if systemctl -q is-enabled display-manager.service 2>/dev/null; then
	    echo 'This system has a desktop, and a screen is for one of the two. `sudo systemctl set-default' \
	        'multi-user.target` leaves it to the television, `... graphical.target` gives it back.'
	fi

uninstall: ## Take it away again; what the viewer's own is stays
	if [ "$$(id -u)" != 0 ]; then exec sudo $(MAKE) uninstall; fi
	if [ -d /run/systemd/system ]; then
	    # A box that has to be killed is no reason for a recovery screen now.
	    systemctl -q mask --runtime stb-recovery.service stb-console.service 2>/dev/null || true
	    for units in stb.service 'stb*'; do systemctl -q stop "$$units" 2>/dev/null || true; done
	    systemctl -q unmask --runtime stb-recovery.service stb-console.service 2>/dev/null || true
	fi
	systemctl -q disable stb.service 2>/dev/null || true
	files=$$(mktemp -d)
	trap 'rm -rf "$$files"' EXIT
	$(MAKE) install-files DESTDIR="$$files"
	(cd "$$files" && find . -type f -printf '/%P\0') | xargs -0 rm -f
	rm -rf /usr/lib/stb /usr/bin/stb /var/cache/stb /var/log/journal/*.errors
	(cd "$$files" && find . -depth -mindepth 3 -type d -printf '/%P\0') |
	    xargs -0 rmdir --ignore-fail-on-non-empty 2>/dev/null || true
	if [ -d /run/systemd/system ]; then systemctl daemon-reload; systemctl -q reset-failed 'stb*' 2>/dev/null || true; fi
	echo 'Gone. The viewer'"'"'s own is where it was, /var/lib/stb (settings, passwords, favourites), with its user.'
	echo 'Without them too: sudo rm -r /var/lib/stb /etc/stb; sudo userdel stb'

# What systemd, udev, X and the kernel's infrared are told, each at its place below DESTDIR. `stb` itself is
# /usr/bin/stb, and finds config/ beside its package in /usr/lib/stb. Needs no network and no root of its own.
install-files: ## Copy units, rules and tables below DESTDIR, as the image has them
	put() { install -D -m 644 -t '$(DESTDIR)'"$$1" "$${@:2}"; }
	put /usr/lib/systemd/system systemd/*.service systemd/*.slice systemd/*.socket
	put /usr/lib/systemd/system/stb.service.d systemd/stb.service.d/*.conf
	for part in journald.conf.d journald@errors.conf.d logind.conf.d; do
	    put "/usr/lib/systemd/$$part" "systemd/$$part"/*.conf
	done
	put /usr/lib/sysusers.d systemd/sysusers.d/*.conf
	put /usr/lib/tmpfiles.d systemd/tmpfiles.d/*.conf
	put /usr/lib/udev/rules.d systemd/udev/rules.d/*.rules
	put /usr/share/X11/xorg.conf.d systemd/xorg.conf.d/*.conf
	put /etc/rc_keymaps config/rc_keymaps/*.toml
	put /usr/lib/stb systemd/no-screen.txt
	put /usr/lib/stb/config config/stb.toml
	put /usr/lib/stb/config/keymaps config/keymaps/*.toml

clean: ## Remove .venv and every cache
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
