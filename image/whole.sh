#!/bin/sh
# The last words in a tree of packages, for all of them together: what they left for later, and what only the
# machine that built it needed. The first argument is the tree.
set -eu
tree=$1

rm -rf "$tree/.builder" "$tree/etc/dpkg/dpkg.cfg.d/99mmdebstrap" "$tree/etc/apt/apt.conf.d/99mmdebstrap"
if [ ! -e "$tree/etc/ld.so.conf.d/x86_64-linux-gnu.conf" ]; then
	rm -rf "$tree/lib64" "$tree/usr/lib64" "$tree/usr/lib/x86_64-linux-gnu"
fi

date_all() {
	find "$tree" \( -path "$tree/dev" -o -path "$tree/proc" -o -path "$tree/sys" \) -prune -o \
		-newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# No date in it is later than the one that all builds have, so that the lists below stay right.
date_all

in_tree() { env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" \
	PYTHONHASHSEED=0 chroot "$tree" "$@"; }

# Python need not look whether its files have changed: they cannot.
in_tree python3 -m compileall -q -f -x '/(test|tests|lib2to3)/' --invalidation-mode unchecked-hash \
	/usr/lib/python3 /usr/lib/python3.13
in_tree fc-cache -s -f
for plugins in "$tree"/usr/lib/*/vlc/plugins; do
	inside=${plugins#"$tree"}
	in_tree "${inside%/plugins}/vlc-cache-gen" "$inside"
done
in_tree depmod "$(ls "$tree/usr/lib/modules")"

# Keys and names of its own each box makes for itself.
rm -f "$tree"/etc/ssh/ssh_host_* "$tree/var/lib/dbus/machine-id"
rm -rf "$tree/var/cache/apt" "$tree/var/cache/debconf" "$tree/var/cache/ldconfig" "$tree/var/log" "$tree/boot/firmware"
mkdir "$tree/var/log"
date_all
